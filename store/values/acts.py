"""Acts and what comes of them: from where, by which key, in which session, with what entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from store.values.words import Door, rfc3339


@dataclass(frozen=True, slots=True)
class Origin:
    """From where a person acts: host user, SSH client's address, terminal, key's fingerprint."""

    os_user: str = ""
    address: str = ""
    terminal: str = ""
    key: str = ""

    def __str__(self) -> str:
        parts = (self.os_user, self.address, self.terminal, self.key)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Key:
    """A public key of one person. The key itself is only ever given to sshd."""

    user: int
    kind: str
    fingerprint: str
    comment: str
    added: datetime
    last_used: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "type": self.kind,
            "fingerprint": self.fingerprint,
            "comment": self.comment or None,
            "added": rfc3339(self.added),
            "last_used": rfc3339(self.last_used),
        }


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One signed-in person at one door; `this` is the session that asks.

    `seen` is when the session was last heard of: screens give word, commands and platforms do not.
    """

    id: int
    user: int
    door: Door
    address: str
    origin: str
    started: datetime
    seen: datetime
    this: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "user": self.user,
            "door": self.door,
            "address": self.address or None,
            "origin": self.origin,
            "started": rfc3339(self.started),
            "seen": rfc3339(self.seen),
            "this": self.this,
        }


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What happened: who, when, from where, which verb, on whom, why, and what changed."""

    seq: int
    at: datetime
    actor: str
    origin: str
    verb: str
    target: int | None
    reason: str
    changes: Mapping[str, tuple[Any, Any]]
    command: str

    def as_json(self) -> dict[str, Any]:
        return {
            "seq": self.seq,
            "at": rfc3339(self.at),
            "actor": self.actor,
            "origin": self.origin,
            "verb": self.verb,
            "target": self.target,
            "reason": self.reason or None,
            "changes": {name: list(pair) for name, pair in self.changes.items()},
            "command": self.command,
        }


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail in the outbox, as people see it; no code ever stands in it.

    `tries` have failed, and the next one is due at `waits`.
    """

    id: int
    kind: str
    to: str
    state: str
    created: datetime
    sent: datetime | None = None
    error: str = ""
    tries: int = 0
    waits: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "to": self.to,
            "state": self.state,
            "created": rfc3339(self.created),
            "sent": rfc3339(self.sent),
            "error": self.error or None,
        }


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter with its headers and its text; both are empty where it cannot be written."""

    letter: Letter
    headers: tuple[tuple[str, str], ...]
    text: str

    def as_json(self) -> dict[str, Any]:
        return {**self.letter.as_json(), "headers": dict(self.headers), "text": self.text}


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an act would have written, had it not been rolled back."""

    entries: tuple[AuditEntry, ...] = field(default=())
    letters: tuple[Letter, ...] = field(default=())
