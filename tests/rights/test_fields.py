"""Field by field: who may edit what of whom (CHECKLIST F46)."""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import partial
from typing import Any

import pytest

from store import photos, users
from store.errors import NotAllowed, Refused
from store.session import Session
from store.values import Draft
from tests.pictures import picture
from tests.rights import table
from tests.rights.calls import answer
from tests.rights.world import World

VALUES: Mapping[str, Any] = {
    "first_name": "Iva",
    "last_name": "Nova",
    "login": "another",
    "email": "another@acme.com.ua",
    "phone": "+380671234567",
    "country": "UA",
    "language": "uk",
    "role": "Support",
    "teams": ("South",),
    "sub_accounts": ("Lviv",),
    "position": "Head of sales",
    "simulator_only": True,
    "currency": "EUR",
    "number": "7",
    "address": "Odesa",
    "notes": "none",
}


def _session(world: World, actor: str) -> Session:
    if not actor.startswith("denied "):
        return world.session(actor)
    world.deny("denied this", actor.removeprefix("denied "))
    return world.session("denied this")


def test_the_table_has_every_field_of_a_draft() -> None:
    assert set(table.FIELDS) == {field.name for field in fields(Draft)} | {"photo"}


@pytest.mark.parametrize("field", table.FIELDS)
def test_a_field_is_edited_by_whom_the_table_says(world: World, field: str) -> None:
    found = {}
    for who in table.FIELDS[field]:
        actor, target = table.FIELD_ACTORS[who]
        with world.undone():
            session = _session(world, actor)
            number = (session.user or 0) if target == "self" else world.targets[target]
            before = Draft.of(users.show(world.owner, number))
            if field == "photo":
                found[who] = answer(partial(photos.put, session, number, picture()))
                assert (photos.show(world.owner, number) is not None) == (found[who] == "yes")
                continue
            value = VALUES.get(field, not before.admin)
            found[who] = answer(partial(users.edit, session, number, {field: value}))
            after = Draft.of(users.show(world.owner, number))
            assert after == (replace(before, **{field: value}) if found[who] == "yes" else before)
    assert found == table.FIELDS[field]


NO_FIELDS = ("id", "status", "owner", "confirmed", "password_hash", "version", "denied", "nonsense")


@pytest.mark.parametrize("field", NO_FIELDS)
def test_what_is_no_field_is_refused_and_nothing_is_written(world: World, field: str) -> None:
    """ASVS 15.3.3: what a platform hands on unseen changes nothing that is not meant to be."""
    for actor in ("standard", "admin", "owner", "host, reason"):
        with world.undone():
            session = world.session(actor)
            number = session.user or world.targets["admin"]
            before = users.show(world.owner, number)
            with pytest.raises((Refused, NotAllowed)):
                users.edit(session, number, {"phone": "+380671234567", field: True})
            assert users.show(world.owner, number) == before
