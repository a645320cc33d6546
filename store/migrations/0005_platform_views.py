"""What a platform may read in the same database: two views, under semantic versioning.

They say of each row what `store/policy` says of it; a test plants people in every state to compare.
The time is the database's own, but never earlier than the newest audit entry, as everywhere.
A later migration that changes what they are made of drops them first and makes them anew.
"""

from peewee import Database, PostgresqlDatabase

SETTINGS = {
    "forgiven": ("lockout.attempts", 5),
    "idle_days": ("lockout.idle_days", 90),
    "timed": ("lockout.timed_minutes", 15),
    "timed_most": ("lockout.timed_most_hours", 24),
    "own_days": ("password.max_age_days", 120),
}
"""What each is called where somebody has changed it, and what holds where nobody has."""

SQLITE = {
    "now": "max(strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'),"
    " coalesce((SELECT at FROM usher_audit_head WHERE id = 1), ''))",
    "hours_ago": "strftime('%Y-%m-%dT%H:%M:%f000Z', {now}, '-' || ({number}) || ' hours')",
    "minutes_ago": "strftime('%Y-%m-%dT%H:%M:%f000Z', {now}, '-' || ({number}) || ' minutes')",
}
POSTGRES = {
    "now": "greatest(statement_timestamp(), (SELECT at FROM usher_audit_head WHERE id = 1))",
    # In hours: a day of a time zone may have 23 or 25 of them.
    "hours_ago": "{now} - make_interval(hours => {number})",
    "minutes_ago": "{now} - make_interval(mins => {number})",
}

ASSIGNABLE = """
CREATE VIEW assignable_users AS
SELECT u.id, u.login, u.first_name, u.last_name, nullif(u.email, '') AS email,
    nullif(u.phone, '') AS phone, nullif(u.language, '') AS language, r.name AS role,
    u.admin, u.owner, u.simulator_only
FROM usher_user u LEFT JOIN usher_role r ON r.id = u.role_id
WHERE u.status = 'active'
"""

STATUS = """
CREATE VIEW user_status AS
WITH setting AS (SELECT {settings}),
moment AS (SELECT {now} AS now),
bounds AS (
    SELECT s.forgiven, s.idle_days, s.own_days, s.timed, s.timed_most * 60 AS timed_most, m.now,
        {idle_since} AS idle_since, {own_since} AS own_since
    FROM setting s CROSS JOIN moment m
),
usable AS (
    SELECT count(*) AS number, min(u.id) AS one FROM usher_user u CROSS JOIN bounds b
    WHERE u.admin AND NOT u.owner AND u.status = 'active' AND u.confirmed_at IS NOT NULL
        AND u.locked_at IS NULL AND u.attempts <= b.forgiven
        AND (b.idle_days = 0 OR u.idle_from >= b.idle_since)
),
known AS (
    SELECT u.id,
        u.owner OR (u.admin AND (a.number = 0 OR (a.number = 1 AND a.one = u.id))) AS spared,
        CASE WHEN u.locked_at IS NOT NULL THEN u.locked_at
            WHEN u.attempts > b.forgiven THEN u.attempted_at END AS locked_since,
        b.timed << CASE WHEN u.lock_rounds < 10 THEN u.lock_rounds ELSE 10 END AS doubled
    FROM usher_user u CROSS JOIN bounds b CROSS JOIN usable a
)
SELECT u.id, u.login, u.status, u.status_since,
    u.confirmed_at IS NOT NULL AS confirmed,
    k.locked_since IS NOT NULL AND (NOT k.spared OR k.locked_since > {timed_since})
        AS locked_passwords,
    coalesce(b.idle_days > 0 AND NOT k.spared AND u.idle_from < b.idle_since, 1 = 0)
        AS locked_idle,
    u.last_seen,
    coalesce(u.password_hash IS NULL OR u.password_temporary
        OR (b.own_days > 0 AND u.password_set_at < b.own_since), 1 = 0) AS must_change_password
FROM usher_user u JOIN known k ON k.id = u.id CROSS JOIN bounds b
"""


def up(migrator: object, db: Database) -> None:  # noqa: ARG001
    """Make the views, with the times of each engine."""
    words = POSTGRES if isinstance(db, PostgresqlDatabase) else SQLITE
    settings = ", ".join(
        f"coalesce((SELECT CAST(value AS INTEGER) FROM usher_setting WHERE key = '{key}'), {least})"
        f" AS {name}"
        for name, (key, least) in SETTINGS.items()
    )
    longest = "CASE WHEN k.doubled < b.timed_most THEN k.doubled ELSE b.timed_most END"
    status = STATUS.format(
        settings=settings,
        now=words["now"],
        idle_since=words["hours_ago"].format(now="m.now", number="s.idle_days * 24"),
        own_since=words["hours_ago"].format(now="m.now", number="s.own_days * 24"),
        timed_since=words["minutes_ago"].format(now="b.now", number=longest),
    )
    # A driver would take the signs of a time for places of parameters.
    for statement in (ASSIGNABLE, status):
        db.execute_sql(statement)
