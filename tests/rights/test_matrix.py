"""Every cell of the table, tried on the store (CHECKLIST F44-F49)."""

import importlib
import inspect
import pkgutil
from itertools import count

import pytest

import store
from store import audit
from store.errors import UsherError
from tests.rights import table
from tests.rights.calls import CALLS, ready, tried
from tests.rights.grids import ACTORS, TARGETS
from tests.rights.table import VERBS, Verb
from tests.rights.world import World

EVERY = 7
"""Of so many cells one is tried on PostgreSQL as well."""


def _cells(verb: Verb, actor: str) -> list[tuple[str, str]]:
    """The targets of a row for an actor, each with the answer that the table has."""
    targets = TARGETS if verb.on_somebody else [""]
    return [(one, verb.answer(actor, one)) for one in targets if verb.answer(actor, one)]


ROWS = [(verb, actor) for verb in VERBS for actor in ACTORS if _cells(verb, actor)]
_numbers = count()
SAMPLE: dict[Verb, list[tuple[str, str, str]]] = {}
for _verb, _actor in ROWS:
    for _target, _expected in _cells(_verb, _actor):
        if next(_numbers) % EVERY == 0:
            SAMPLE.setdefault(_verb, []).append((_actor, _target, _expected))


def found_in_the_store() -> set[str]:
    """Every public function of the store that takes a session first."""
    found = set()
    for module in pkgutil.walk_packages(store.__path__, "store."):
        if module.name.startswith("store.migrations"):
            continue
        for name, one in vars(importlib.import_module(module.name)).items():
            own = inspect.isfunction(one) and one.__module__ == module.name
            if (
                own
                and not name.startswith("_")
                and "session" in list(inspect.signature(one).parameters)[:1]
            ):
                found.add(f"{module.name}.{name}".removeprefix("store."))
    return found


def test_every_verb_has_a_row_and_every_row_a_verb() -> None:
    rows = [verb.path for verb in VERBS]
    assert len(rows) == len(set(rows))
    assert set(rows) | table.NO_VERBS == found_in_the_store()
    assert set(rows) == set(CALLS)


@pytest.mark.parametrize(
    ("verb", "actor"), ROWS, ids=[f"{verb.path}-{actor}" for verb, actor in ROWS]
)
def test_the_store_answers_as_the_table_says(world: World, verb: Verb, actor: str) -> None:
    cells = _cells(verb, actor)
    found = [(target, tried(world, verb, actor, target)) for target, _answer in cells]
    assert found == cells


@pytest.mark.parametrize("verb", SAMPLE, ids=lambda verb: verb.path)
def test_a_sample_of_it_on_postgresql(postgres_world: World, verb: Verb) -> None:
    found = [
        (actor, target, tried(postgres_world, verb, actor, target))
        for actor, target, _answer in SAMPLE[verb]
    ]
    assert found == SAMPLE[verb]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.path)
def test_the_dangerous_ask_for_the_password_again(world: World, verb: Verb) -> None:
    """CHECKLIST E41."""
    targets = [target for target, answer in _cells(verb, "owner") if answer == "yes"]
    if not targets:
        return
    found = tried(world, verb, "owner", targets[-1], proven=False)
    assert found == ("password" if verb.dangerous else "yes")


ON_ONE = [verb for verb in VERBS if verb.on_somebody and verb.path != "users.many.act"]


@pytest.mark.parametrize("verb", ON_ONE, ids=lambda verb: verb.path)
def test_an_id_that_one_may_not_see_answers_like_one_that_is_not_there(
    world: World, verb: Verb
) -> None:
    """CHECKLIST F49."""
    messages = set()
    for number in (world.targets["standard"], world.targets["owner"], 4711):
        with world.undone():
            try:
                CALLS[verb.path](world, world.session("standard"), number)
            except UsherError as error:
                messages.add(error.message.replace(str(number), "N"))
    assert len(messages) == 1


READING = {
    "access.copying.foresee", "leaving.plan.foresee", "users.many.foresee_one",
    "mail.writing.preview", "signin.sessions.end", "undo.acting.foresee", "undo.acting.undo",
}  # fmt: skip
"""What writes nothing: rehearsals, and the end of sessions that nobody has. Undo writes one, and
so does what is done here for it to be undone."""
WRITING = [verb for verb in ON_ONE if not verb.by.startswith("LOOK") and verb.path not in READING]


@pytest.mark.parametrize("verb", WRITING, ids=lambda verb: verb.path)
def test_what_is_done_to_somebody_is_one_entry_of_the_history(world: World, verb: Verb) -> None:
    target = next(target for target, answer in _cells(verb, "owner")[1:] if answer == "yes")
    number, session = world.targets[target], world.session("owner")
    with world.undone():
        ready(verb, world, number)
        before = audit.count(world.owner, number)
        CALLS[verb.path](world, session, number)
        newest = audit.history(world.owner, number)[0]
        assert (newest.actor, newest.target) == (session.name, number)
        assert audit.count(world.owner, number) == before + 1
