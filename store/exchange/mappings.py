"""Saved mappings: what the headings of a platform's files are called here, under a name.

They stand among the settings as JSON, so that they need no table of their own. Whoever may import
may save them.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from store import access
from store.checks.problems import required, too_long
from store.checks.text import excerpt
from store.errors import Invalid, Problem, Refused
from store.exchange.headings import HEADING_MAX, check_mapping, counted
from store.models import SettingRow
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

NAME_MAX = 100

_PREFIX = "import.mapping."


def saved(session: "Session") -> dict[str, dict[str, str]]:
    """Every saved mapping, heading to column, by its name.

    Raises:
        NotAllowed: the actor may not import.
    """
    with session.store.read():
        access.require(session, "users.create")
        rows = SettingRow.select().where(SettingRow.key.startswith(_PREFIX))
        return {
            row.key.removeprefix(_PREFIX): json.loads(row.value)
            for row in rows.order_by(SettingRow.key)
        }


def save(session: "Session", name: str, columns: Mapping[str, str]) -> None:
    """Keep a mapping under a name, in place of one that it had.

    Raises:
        Invalid: the name or a heading cannot be taken.
        NotAllowed: the actor may not import.
        Refused: the mapping leads to a column that there is not, or twice to the same.
    """
    name = " ".join(name.split())
    problem = _problem(name, columns)
    if problem:
        raise Invalid([problem])
    counted(list(columns))
    check_mapping(columns)
    with session.store.write(session) as unit:
        former = saved(session).get(name)
        if former == columns:
            return
        value = json.dumps(dict(columns), ensure_ascii=False)
        if former is None:
            SettingRow.create(key=_PREFIX + name, value=value)
        else:
            SettingRow.update(value=value).where(SettingRow.key == _PREFIX + name).execute()
        unit.record("save_mapping", None, {name: (former, dict(columns))})


def remove(session: "Session", name: str) -> None:
    """Forget a saved mapping.

    Raises:
        NotAllowed: the actor may not import.
        Refused: there is none of this name.
    """
    with session.store.write(session) as unit:
        former = named(session, name)
        SettingRow.delete().where(SettingRow.key == _PREFIX + name).execute()
        unit.record("remove_mapping", None, {name: (former, None)})


def named(session: "Session", name: str) -> dict[str, str]:
    """The mapping of this name.

    Raises:
        NotAllowed: the actor may not import.
        Refused: there is none; the sentence names those that there are.
    """
    every = saved(session)
    if name not in every:
        sentence = _("No saved mapping named “{name}”. Saved mappings: {names}.")
        names = ", ".join(every) or _("none")
        raise Refused(sentence.format(name=name, names=names), code="mapping_unknown")
    return every[name]


def _problem(name: str, columns: Mapping[str, str]) -> Problem | None:
    if not name:
        return required("name")
    if len(name) > NAME_MAX:
        return too_long("name", len(name), NAME_MAX)
    if not name.isprintable():
        sentence = _("The name “{name}” contains a hidden character. Enter it again.")
        return Problem("name", "control_characters", sentence.format(name=excerpt(name)))
    if any(len(heading) > HEADING_MAX for heading in columns):
        sentence = _(
            "A column heading has more than {n} characters. Shorten it in the file."
        ).format(n=HEADING_MAX)
        return Problem("columns", "too_long", sentence)
    return None
