"""What a platform may read of rights in the same database: four views, under semantic versioning.

They say what `store.access.holding` and `store.access.scope` say; tests plant people in every
standing to compare. A later migration that changes what they are made of drops them first.
"""

from peewee import Database

RIGHTS = """
CREATE VIEW usher_rights AS
SELECT u.id AS user_id, p.name AS permission,
    CASE WHEN u.owner THEN 1 = 1
        WHEN u.admin THEN coalesce(o.allowed, 1 = 1)
        WHEN m.admin_only THEN 1 = 0
        ELSE coalesce(o.allowed, r.role_id IS NOT NULL) END AS allowed,
    CASE WHEN u.owner THEN 'owner'
        WHEN u.admin THEN CASE WHEN coalesce(o.allowed, 1 = 1) THEN 'admin' ELSE 'denied' END
        WHEN m.admin_only THEN 'admin_only'
        WHEN o.allowed IS NOT NULL THEN 'override'
        WHEN r.role_id IS NOT NULL THEN 'role'
        ELSE 'none' END AS source
FROM usher_user u CROSS JOIN usher_permission p
JOIN usher_module m ON m.name = p.module_id
LEFT JOIN usher_override o ON o.user_id = u.id AND o.permission_id = p.name
LEFT JOIN usher_role_permission r ON r.role_id = u.role_id AND r.permission_id = p.name
WHERE u.status <> 'removed'
"""

SCOPE = """
CREATE VIEW usher_scope AS
SELECT u.id AS user_id, p.module_id AS module, u.admin AS everything,
    NOT u.admin AND EXISTS (
        SELECT 1 FROM usher_membership s JOIN usher_team t ON t.id = s.team_id
        WHERE s.user_id = u.id AND t.own_clients_only
    ) AS own_teams_only,
    u.admin OR u.all_sub_accounts AS all_sub_accounts
FROM usher_user u CROSS JOIN usher_permission p
JOIN usher_module m ON m.name = p.module_id
LEFT JOIN usher_override o ON o.user_id = u.id AND o.permission_id = p.name
LEFT JOIN usher_role_permission r ON r.role_id = u.role_id AND r.permission_id = p.name
WHERE u.status = 'active' AND p.name = p.module_id || '.view'
    AND CASE WHEN u.owner THEN 1 = 1
        WHEN u.admin THEN coalesce(o.allowed, 1 = 1)
        WHEN m.admin_only THEN 1 = 0
        ELSE coalesce(o.allowed, r.role_id IS NOT NULL) END
"""

TEAM_MEMBER = """
CREATE VIEW usher_team_member AS
SELECT s.user_id, s.team_id, t.name AS team, t.own_clients_only
FROM usher_membership s JOIN usher_team t ON t.id = s.team_id
"""

SUB_ACCOUNT_ACCESS = """
CREATE VIEW usher_sub_account_access AS
SELECT u.id AS user_id, s.id AS sub_account_id, s.name AS sub_account
FROM usher_user u CROSS JOIN usher_sub_account s
WHERE u.status <> 'removed' AND (
    u.admin OR u.all_sub_accounts OR EXISTS (
        SELECT 1 FROM usher_sub_access a WHERE a.user_id = u.id AND a.sub_account_id = s.id
    )
)
"""


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Make the views."""
    for statement in (RIGHTS, SCOPE, TEAM_MEMBER, SUB_ACCOUNT_ACCESS):
        db.execute_sql(statement)
