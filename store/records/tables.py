"""The platform's own tables in the same database, as the setting `records.tables` declares them.

Names come from people and go into SQL, where no parameter can stand for them: each has to be a
plain identifier, and one that the database itself knows.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from store import settings
from store.errors import Invalid, Problem
from store.wording import _

if TYPE_CHECKING:
    from peewee import ColumnMetadata

    from store.database import Store

KEY = "records.tables"
MOST = 100
"""Tables that are declared at most."""
LONGEST = 10_000
"""Characters of the setting at most."""
OURS = "usher_"
"""What the names of our own tables begin with."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_WHOLE = re.compile(r"\bu?(tiny|small|medium|big)?int(eger|[248])?\b", re.IGNORECASE)
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
KIND = re.compile(r"[a-z][a-z0-9_-]{0,39}")
"""What a kind may be called, here and in a table of the platform."""
_EXAMPLE = '[{"kind": "deal", "table": "deals", "owner": "owner_id", "title": "name"}]'


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared of a table: the kind of its rows, and which columns mean what."""

    kind: str
    table: str
    owner: str
    title: str
    sub_account: str = ""


@dataclass(frozen=True, slots=True)
class Table(Declared):
    """A declared table as the database has it; `key` is the column of its primary key.

    `numbered` says that it holds whole numbers, by which its rows are put in order.
    """

    key: str = ""
    numbered: bool = False


def declared(text: str) -> tuple[Declared, ...]:
    """What a value of the setting says, by its form alone.

    Raises:
        Invalid: it is no such list, or a name in it is no plain identifier.
    """
    if not text:
        return ()
    if len(text) > LONGEST:
        raise _invalid(
            _("The setting has {count} characters. At most {n} are allowed."),
            count=len(text),
            n=LONGEST,
        )
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _invalid(
            _("The setting is not a JSON list of tables. Use this form: {example}"),
            example=_EXAMPLE,
        )
    if len(found) > MOST:
        raise _invalid(
            _("The setting declares {count} tables. At most {n} are allowed."),
            count=len(found),
            n=MOST,
        )
    tables = tuple(_one(one) for one in found)
    kinds = [table.kind for table in tables]
    twice = next((kind for kind in kinds if kinds.count(kind) > 1), None)
    if twice:
        raise _invalid(_("The kind “{kind}” is declared twice. Use another kind for one of the "
"tables."),
                       kind=twice)  # fmt: skip
    return tables


def check(store: "Store", text: str) -> None:
    """See that what is declared is there.

    Raises:
        Invalid: a table or column is not in the database, or cannot be what it is said to be.
    """
    for one in declared(text):
        _found(store, one)


def load(store: "Store") -> tuple[Table, ...]:
    """The declared tables as they stand in the database now.

    Raises:
        Invalid: one of them is no longer as it was declared; nothing is handed over beside it.
    """
    text = settings.load(store).records_tables
    return tuple(_found(store, one) for one in declared(text))


def number(ref: str) -> int | None:
    """The key that a ref stands for in a table whose keys are whole numbers; None if for none."""
    return int(ref) if _NUMBER.fullmatch(ref) else None


def _one(given: dict[str, Any]) -> Declared:
    known = {one.name for one in fields(Declared)}
    needed = known - {"sub_account"}
    unknown, missing = sorted(set(given) - known), sorted(needed - set(given))
    if unknown or missing:
        sentence = _("{what}. Each table has kind, table, owner, title and optionally sub_account.")
        what = (
            _("“{name}” is not one of the keys").format(name=unknown[0])
            if unknown
            else _("The key {name} is missing").format(name=missing[0])
        )
        raise _invalid(sentence, what=what)
    for name, value in given.items():
        form = KIND if name == "kind" else _NAME
        if name == "sub_account" and value == "":
            continue
        if not isinstance(value, str) or not form.fullmatch(value):
            raise _invalid(
                _("“{value}” is not valid as {field}. Use letters, digits and _ only."),
                value=value,
                field=name,
            )
    return Declared(**given)


def _found(store: "Store", one: Declared) -> Table:
    with store.read():
        known: Sequence[str] = store.database.get_tables()
        if one.table.startswith(OURS) or one.table not in known:
            raise _invalid(_("No table named “{table}” in this database. Correct the name."),
                           table=one.table)  # fmt: skip
        columns = {column.name: column for column in _columns(store, one.table)}
    for name in filter(None, (one.owner, one.title, one.sub_account)):
        if name not in columns:
            raise _invalid(_("The table “{table}” has no column “{column}”. Correct the name."),
                           table=one.table, column=name)  # fmt: skip
    keys = [column.name for column in columns.values() if column.primary_key]
    if len(keys) != 1:
        raise _invalid(_("The table “{table}” has no primary key of one column. Add one to the "
"table."),
                       table=one.table)  # fmt: skip
    for name in filter(None, (one.owner, one.sub_account)):
        if not _WHOLE.search(columns[name].data_type):
            raise _invalid(
                _(
                    "The column “{column}” of the table “{table}” has no ids: its type is "
                    "{kind}. Name a column of ids."
                ),
                column=name,
                table=one.table,
                kind=columns[name].data_type or _("of no type"),
            )
    (key,) = keys
    numbered = bool(_WHOLE.search(columns[key].data_type))
    return Table(one.kind, one.table, one.owner, one.title, one.sub_account, key, numbered)


def _columns(store: "Store", table: str) -> Sequence["ColumnMetadata"]:
    columns: Sequence[ColumnMetadata]
    columns = store.database.get_columns(table)
    return columns


def _invalid(sentence: str, **data: Any) -> Invalid:
    return Invalid([Problem(KEY, "setting_invalid", sentence.format(**data))])
