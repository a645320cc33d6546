"""Making and changing employees: on their own, or as the card of a user.

What stands on a user's card is the user's, and is changed by the rules of `users.edit`; on a card
that waits for somebody it is changed here.
"""

import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store import access, audit, checks, settings
from store.checks.text import excerpt
from store.employees import cards, reading
from store.errors import Invalid, NoSuch, Problem, Refused
from store.models import EmployeeRow, UserRow
from store.users import read
from store.users.edit import check_fields
from store.users.edit import edit as edit_user
from store.users.words import FLAGS
from store.values import Draft, Employee, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session

FIELDS = ("first_name", "last_name", "email", "currency", "number", "address", "notes")
CALLED = frozenset(FIELDS) - access.CARD
"""What a user's card has from the user."""


def create(session: "Session", fields: Mapping[str, str]) -> Employee:
    """Make a card that waits for somebody: whoever comes with its e-mail is linked to it (S4).

    Raises:
        Invalid: a field cannot be taken, there is neither a name nor an e-mail, or the e-mail is a
            user's, who has a card.
        NotAllowed: the actor may not edit employees.
        Refused: `fields` names what is no field of an employee.
    """
    _refuse_unknown(fields)
    store = session.store
    with store.write(session) as unit:
        access.require(session, "employees.edit")
        draft = _checked(store, fields, FIELDS)
        number = cards.make(draft)
        changes = {field: (None, value) for field, value in fields_of(draft).items() if value}
        unit.record(
            "create_employee",
            None,
            {"employee": (None, number), **changes},
            command_of("create", None, {field: getattr(draft, field) for field in changes}),
        )
        return _loaded(store, number)


def edit(session: "Session", which: int | str, changes: Mapping[str, str]) -> Employee:
    """Change the named fields of an employee; of a user's card all but the names and the e-mail.

    Raises:
        Invalid: a field cannot be taken.
        NoSuch: there is no such employee.
        NotAllowed: the actor may not edit employees, or not this user's card.
        Refused: the names and the e-mail are the user's, or there is no such field.
    """
    _refuse_unknown(changes)
    store = session.store
    with store.write(session) as unit:
        access.require(session, "employees.edit")
        employee = _to_change(session, which)
        old = fields_of(employee)
        changes = {field: new for field, new in changes.items() if new != old.get(field)}
        if not changes:
            return employee
        if employee.user is not None:
            _refuse_called(employee, changes)
            edit_user(session, employee.user, changes)
            return _loaded(store, employee.id)
        draft = _checked(store, {**old, **changes}, changes)
        changed = audit.changes_between(old, fields_of(draft))
        if changed:
            cards.change_waiting(employee.id, draft)
            unit.record(
                "edit_employee",
                None,
                {"employee": (employee.id, employee.id), **changed},
                command_of(
                    "edit", employee.id, {field: new for field, (_old, new) in changed.items()}
                ),
            )
        return _loaded(store, employee.id)


def link(session: "Session", which: int | str, who: int | str) -> Employee:
    """Make a card that waits the card of a user; the empty one that they have goes.

    Raises:
        NoSuch: there is no such employee.
        NotAllowed: the actor may not edit employees, or not this user's card.
        NotFound: nobody, or nobody whom the actor may see.
        Refused: the card is another user's, or something stands on the one that the user has.
    """
    store = session.store
    with store.write(session) as unit:
        access.require(session, "employees.edit")
        employee = _to_change(session, which)
        user = _user_to_change(session, who)
        if employee.user == user.id:
            return employee
        if employee.user is not None:
            raise _taken(employee)
        own = reading.load(store, "e.user_id = ?", user.id)
        if own and any(fields_of(own)[field] for field in access.CARD):
            raise Refused(
                _(
                    "User {user} has employee record {own} with data in it. Unlink it first: "
                    "usher employees unlink {own}"
                ).format(user=user.id, own=own.id),
                code="card_filled",
            )
        if own:
            EmployeeRow.delete().where(EmployeeRow.id == own.id).execute()
        cards.link(store, [(cards.Waiting.of(employee), (user.id, Draft.of(user)))])
        words = ["usher", "employees", "link", str(employee.id), str(user.id)]
        return _moved(unit, user, own, _loaded(store, employee.id), "link_employee", words)


def unlink(session: "Session", which: int | str) -> Employee:
    """Take a card off its user, who gets an empty one; it waits for somebody again.

    Raises:
        NoSuch: there is no such employee.
        NotAllowed: the actor may not edit employees, or not this user's card.
    """
    store = session.store
    with store.write(session) as unit:
        access.require(session, "employees.edit")
        employee = _to_change(session, which)
        if employee.user is None:
            return employee
        user = _user_to_change(session, employee.user)
        EmployeeRow.update(user=None).where(EmployeeRow.id == employee.id).execute()
        called = {field: getattr(user, field) for field in CALLED}
        empty = cards.make(Draft(**called), user.id)
        words = ["usher", "employees", "unlink", str(employee.id)]
        _moved(unit, user, employee, _loaded(store, empty), "unlink_employee", words)
        return _loaded(store, employee.id)


def remove(session: "Session", which: int | str) -> Employee:
    """Delete a card that waits; a user's goes with the user.

    Raises:
        NoSuch: there is no such employee.
        NotAllowed: the actor may not edit employees.
        Refused: it is a user's.
    """
    store = session.store
    with store.write(session) as unit:
        access.require(session, "employees.edit")
        employee = _to_change(session, which)
        if employee.user is not None:
            raise _taken(employee)
        EmployeeRow.delete().where(EmployeeRow.id == employee.id).execute()
        gone = {field: (value, None) for field, value in fields_of(employee).items() if value}
        words = f"usher employees remove {employee.id}"
        unit.record("remove_employee", None, {"employee": (employee.id, None), **gone}, words)
        return employee


def fields_of(one: Employee | Draft) -> dict[str, str]:
    """What can be told of an employee."""
    return {field: getattr(one, field) for field in FIELDS}


def command_of(verb: str, which: int | None, fields: Mapping[str, str]) -> str:
    """The command line that gives an employee these fields."""
    words = ["usher", "employees", verb, *([str(which)] if which else [])]
    for field, value in fields.items():
        words += [FLAGS[field], value]
    return shlex.join(words)


def _to_change(session: "Session", which: int | str) -> Employee:
    """An employee whom nobody else changes until the transaction ends."""
    store = session.store
    employee = reading.show(session, which)
    if store.postgres:
        store.sql("SELECT id FROM usher_employee WHERE id = ? FOR UPDATE", employee.id)
        # It may have become somebody's, or gone, while others were waited for.
        found = reading.load(store, "e.id = ?", employee.id)
        if found is None:
            raise NoSuch("employee", which)
        return found
    return employee


def _user_to_change(session: "Session", who: int | str) -> User:
    """A user whose card the actor may change as a whole."""
    user = read.show(session, who, to_change=True)
    actor = access.require(session, "users.edit", read.subject_of(user))
    check_fields(session, actor, user, sorted(access.CARD), settings.load(session.store))
    return user


def _refuse_unknown(fields: Iterable[str]) -> None:
    """See that these are fields of an employee.

    Raises:
        Refused: one is none.
    """
    unknown = sorted(set(fields).difference(FIELDS))
    if unknown:
        sentence = _("No field named “{field}”. The fields are: {fields}.")
        known = ", ".join(FIELDS)
        raise Refused(sentence.format(field=unknown[0], fields=known), code="field_unknown")


def _refuse_called(employee: Employee, fields: Iterable[str]) -> None:
    """See that nothing is to change that a card has from its user.

    Raises:
        Refused: it is.
    """
    if not CALLED.isdisjoint(fields):
        sentence = _(
            "Employee record {id} is linked to user {user}, who has the names and the "
            "email. Change them there: usher users edit {user}"
        )
        raise Refused(
            sentence.format(id=employee.id, user=employee.user), code="linked", user=employee.user
        )


def _checked(store: "Store", fields: Mapping[str, str], named: Collection[str]) -> Draft:
    """What is told of an employee without a user, as it will be stored; the `named` are judged.

    Raises:
        Invalid: one of them cannot be taken.
    """
    values: dict[str, Any] = dict(fields)
    draft, found = checks.checked(Draft(**values), "", password_given=True)
    problems = [problem for problem in found if problem.field in named]
    key = cards.key_of(draft.email)
    if not (draft.first_name or draft.last_name or key):
        sentence = _(
            "The name and the email of the employee are missing. Enter at least one of them."
        )
        problems.append(Problem("last_name", "required", sentence))
    for holder in read.holders(store, [key] if key and "email" in named else []).values():
        sentence = _(
            "The email “{email}” belongs to user {user}, who has an employee record. "
            "Edit that record."
        )
        problems.append(
            Problem(
                "email", "email_taken", sentence.format(email=excerpt(key), user=holder.id), holder
            )
        )
    if problems:
        raise Invalid(problems)
    return replace(draft, email=key)


def _taken(employee: Employee) -> Refused:
    sentence = _(
        "Employee record {id} is linked to user {user}. Unlink it first: usher "
        "employees unlink {id}"
    )
    sentence = sentence.format(id=employee.id, user=employee.user)
    return Refused(sentence, code="linked", user=employee.user)


def _moved(
    unit: "Unit",
    user: User,
    before: Employee | None,
    after: Employee,
    verb: str,
    words: Sequence[str],
) -> Employee:
    """Tell the history of a user who has another card, and whoever has a form of them open."""
    UserRow.update(version=UserRow.version + 1).where(UserRow.id == user.id).execute()
    changes: dict[str, tuple[Any, Any]] = {"employee": (before.id if before else None, after.id)}
    for field in sorted(access.CARD):
        old, new = getattr(before, field, ""), getattr(after, field)
        if old != new:
            changes[field] = (old, new)
    unit.record(verb, user.id, changes, shlex.join(words))
    return after


def _loaded(store: "Store", number: int) -> Employee:
    employee = reading.load(store, "e.id = ?", number)
    if employee is None:
        raise NoSuch("employee", number)
    return employee
