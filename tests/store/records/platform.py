"""A platform's own tables, in the same database: a second real schema beside ours."""

from store import settings
from store.database import Store
from store.session import Session

TABLES = (
    "CREATE TABLE deals (deal_no INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL"
    " REFERENCES usher_user (id), name TEXT NOT NULL, unit INTEGER)",
    'CREATE TABLE "Calls" ("ref" TEXT PRIMARY KEY, "user" BIGINT NOT NULL, "about" TEXT)',
)
DECLARED = (
    '[{"kind": "deal", "table": "deals", "owner": "owner_id", "title": "name",'
    ' "sub_account": "unit"},'
    ' {"kind": "call", "table": "Calls", "owner": "user", "title": "about"}]'
)


def built(store: Store, owner: Session) -> None:
    """The tables of the platform, declared in the settings."""
    with store.write(owner):
        for table in TABLES:
            store.sql(table)
    settings.change(owner, "records.tables", DECLARED)


def deals(store: Store, owner: int, *numbers: int) -> None:
    """Deals of one user."""
    store.insert_many(
        "deals", [{"deal_no": one, "owner_id": owner, "name": f"Deal {one}"} for one in numbers]
    )


def calls(store: Store, owner: int, *refs: str) -> None:
    """Calls of one user."""
    store.insert_many('"Calls"', [{'"ref"': one, '"user"': owner} for one in refs])
