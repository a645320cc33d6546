"""Store how far the history is ahead of the clock, and which denials are the owner's.

The view `user_status` uses settings only within their bounds, and ignores a newest entry more than
a day ahead of the clock. Existing denials of admins are marked as the owner's, because only the
owner and the operator could deny an admin. So are denials made by the current owner or the
operator.
"""

from peewee import Database, PostgresqlDatabase

SETTINGS = {
    "forgiven": ("lockout.attempts", 5, 1, 20),
    "idle_days": ("lockout.idle_days", 90, 0, 3650),
    "timed": ("lockout.timed_minutes", 15, 1, 1440),
    "timed_most": ("lockout.timed_most_hours", 24, 1, 168),
    "own_days": ("password.max_age_days", 120, 0, 3650),
}
"""The key of each setting, its default, and its bounds."""

SQLITE = {
    "clock": "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')",
    "day_ahead": "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '+1 day')",
    "hours_ago": "strftime('%Y-%m-%dT%H:%M:%f000Z', {now}, '-' || ({number}) || ' hours')",
    "minutes_ago": "strftime('%Y-%m-%dT%H:%M:%f000Z', {now}, '-' || ({number}) || ' minutes')",
    "digits": "s.value <> '' AND s.value NOT GLOB '*[^0-9]*'",
    "time": "TEXT",
    "flag": "INTEGER NOT NULL DEFAULT 0",
    "yes": "1",
}
POSTGRES = {
    "clock": "statement_timestamp()",
    "day_ahead": "statement_timestamp() + interval '24 hours'",
    # Hours and not days, because a day in a time zone can have 23 or 25 hours.
    "hours_ago": "{now} - make_interval(hours => {number})",
    "minutes_ago": "{now} - make_interval(mins => {number})",
    "digits": "s.value ~ '^[0-9]+$'",
    "time": "TIMESTAMPTZ",
    "flag": "BOOLEAN NOT NULL DEFAULT FALSE",
    "yes": "TRUE",
}

NUMBER = """
coalesce((SELECT CASE WHEN {digits} AND length(ltrim(s.value, '0')) < 9
    THEN CASE WHEN CAST('0' || ltrim(s.value, '0') AS INTEGER) BETWEEN {least} AND {most}
        THEN CAST('0' || ltrim(s.value, '0') AS INTEGER) END END
    FROM usher_setting s WHERE s.key = '{key}'), {default}) AS {name}
"""
"""A setting within its bounds, else its default."""

MOMENT = """
SELECT coalesce((SELECT h.at FROM usher_audit_head h
    WHERE h.id = 1 AND h.at > {clock} AND h.at <= {day_ahead}), {clock}) AS now
"""

STATUS = """
CREATE VIEW user_status AS
WITH setting AS (SELECT {settings}),
moment AS ({moment}),
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
    """Add the columns, and recreate the view with the time functions of each engine."""
    words = POSTGRES if isinstance(db, PostgresqlDatabase) else SQLITE
    settings = ", ".join(
        NUMBER.format(
            name=name, key=key, default=default, least=least, most=most, digits=words["digits"]
        )
        for name, (key, default, least, most) in SETTINGS.items()
    )
    longest = "CASE WHEN k.doubled < b.timed_most THEN k.doubled ELSE b.timed_most END"
    status = STATUS.format(
        settings=settings,
        moment=MOMENT.format(clock=words["clock"], day_ahead=words["day_ahead"]),
        idle_since=words["hours_ago"].format(now="m.now", number="s.idle_days * 24"),
        own_since=words["hours_ago"].format(now="m.now", number="s.own_days * 24"),
        timed_since=words["minutes_ago"].format(now="b.now", number=longest),
    )
    for statement in (
        "DROP VIEW user_status",
        f"ALTER TABLE usher_audit_head ADD COLUMN latest {words['time']}",
        "UPDATE usher_audit_head SET latest = at",
        "CREATE INDEX usher_audit_at ON usher_audit (at)",
        f"ALTER TABLE usher_override ADD COLUMN by_owner {words['flag']}",
        f"UPDATE usher_override SET by_owner = {words['yes']} WHERE NOT allowed AND ("
        " by_id IS NULL OR user_id IN (SELECT id FROM usher_user WHERE admin)"
        " OR by_id IN (SELECT id FROM usher_user WHERE owner))",
        # Without parameters, so that a driver does not read the % signs as placeholders.
        status,
    ):
        db.execute_sql(statement)
