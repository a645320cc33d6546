"""Sub-accounts: parts of the account, to which access is granted user by user (S3).

The owner and the admins reach all of them; a standard user those granted, or `all`.
"""

from typing import TYPE_CHECKING, Unpack

from store import access, named
from store.errors import Refused
from store.models import RecordRow, SubAccountRow
from store.users import groups, many
from store.users.outcomes import Outcomes
from store.values import Named, SubAccount
from store.wording import ngettext

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session


def names(session: "Session") -> tuple[Named, ...]:
    """Every sub-account by its name; for anybody who is signed in.

    Raises:
        SessionEnded: the session is over.
    """
    return named.listed(session, SubAccountRow)


def listed(session: "Session") -> tuple[SubAccount, ...]:
    """Every sub-account by name, with how many people are in it; for any admin.

    Raises:
        NotAllowed: the actor is no admin.
    """
    with session.store.read():
        access.require(session, "sub_accounts.view")
        return _sub_accounts(session.store)


def show(session: "Session", which: int | str) -> SubAccount:
    """One sub-account, by name or id; for any admin.

    Raises:
        NoSuch: there is none.
        NotAllowed: the actor is no admin.
    """
    store = session.store
    with store.read():
        access.require(session, "sub_accounts.view")
        found = named.find(store, SubAccountRow, "sub_account", which)
        return _sub_accounts(store, found)[0]


def create(session: "Session", name: str) -> SubAccount:
    """Make a sub-account, open to nobody but the admins; raises as `named.create` does."""
    made = named.create(session, SubAccountRow, "sub_account", name)
    return SubAccount(made.id, made.name, people=0)


def edit(session: "Session", which: int | str, *, name: str) -> SubAccount:
    """Call a sub-account something else; raises as `named.rename` does."""
    with session.store.write(session):
        renamed = named.rename(session, SubAccountRow, "sub_account", which, name)
        return show(session, renamed.id)


def delete(session: "Session", which: int | str, successor: int | str | None = None) -> SubAccount:
    """Delete a sub-account; people and records come into the successor, all in one transaction.

    Raises:
        NotAllowed: the actor may not, or may not change one of those who have it.
        NoSuch: there is none, or no such successor.
        Refused: somebody has it or records are in it, and there is no successor.
        PasswordNeeded: somebody has it, and the actor's password was not given just now.
    """
    store = session.store
    with store.write(session) as unit:
        access.require(session, "sub_accounts.delete")
        one = show(session, which)
        other = show(session, successor) if successor is not None else None
        moved = groups.empty(unit, groups.SUB_ACCOUNTS, one, other)
        records = _empty_of_records(one, other)
        SubAccountRow.delete().where(SubAccountRow.id == one.id).execute()
        heir = other if moved or records else None
        named.record_deleted(unit, "sub_account", one, heir, moved, records)
        return one


def _empty_of_records(one: SubAccount, successor: SubAccount | None) -> int:
    inside = RecordRow.select().where(RecordRow.sub_account == one.id)
    if successor is not None:
        into = RecordRow.update(sub_account=successor.id)
        return int(into.where(RecordRow.sub_account == one.id).execute())
    if number := inside.count():
        sentence = ngettext(
            (
                "{n} record is in the sub-account “{name}”. Choose the sub-account that "
                "replaces it: {command}"
            ),
            (
                "{n} records are in the sub-account “{name}”. Choose the sub-account that "
                "replaces it: {command}"
            ),
            number,
        )
        command = named.command("sub_account", "delete", one.name, "--to", "NAME")
        code = f"{groups.SUB_ACCOUNTS.noun}_in_use"
        raise Refused(
            sentence.format(n=number, name=one.name, command=command), code=code, records=number
        )
    return 0


def grant(
    session: "Session",
    which: int | str,
    whom: many.Whom,
    **how: Unpack[many.How],
) -> Outcomes:
    """Let people into a sub-account, each by themselves; raises as `groups.put` and `show` do."""
    one = show(session, which)
    return groups.put(session, groups.SUB_ACCOUNTS, one, whom, inside=True, **how)


def revoke(
    session: "Session",
    which: int | str,
    whom: many.Whom,
    **how: Unpack[many.How],
) -> Outcomes:
    """Let people into a sub-account no more; raises as `groups.put` and `show` do."""
    one = show(session, which)
    return groups.put(session, groups.SUB_ACCOUNTS, one, whom, inside=False, **how)


def _sub_accounts(store: "Store", one: Named | None = None) -> tuple[SubAccount, ...]:
    rows = store.sql(
        "SELECT s.id, s.name,"
        " (SELECT count(*) FROM usher_sub_access a WHERE a.sub_account_id = s.id)"
        f" FROM usher_sub_account s {'WHERE s.id = ?' if one else ''} ORDER BY s.name_key",
        *([one.id] if one else []),
    )
    return tuple(SubAccount(*row) for row in rows)
