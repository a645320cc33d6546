"""The gates of the sign-in in words, for "Why can't … sign in?" on the screen and as a command.

Pure functions of an explanation; free of textual.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from store.leaving import standing
from store.policy.passwords import State
from store.signin.gates import Gate
from store.signin.why import Explanation
from store.values import Door, Status
from store.wording import _, ngettext
from tui.moments import ago, in_time, when
from tui.signs import SIGNS

NAMES = {
    "known": _("known"),
    "password": _("password"),
    "status": _("status"),
    "passwords_lock": _("wrong passwords"),
    "idle_lock": _("idle"),
    "confirmed": _("confirmed"),
    "door": _("door"),
    "password_current": _("current"),
}
"""What each gate is called."""

BY_LETTER = frozenset({"accept", "reset", "confirm_email"})
"""Verbs that somebody does with the code of a letter, by whom it says nothing."""


@dataclass(frozen=True, slots=True)
class _About:
    """What a sentence is about."""

    found: Explanation
    gate: Gate
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Said:
    """One gate in words: its sign, its name, the word for how it stands, and a sentence."""

    gate: Gate
    sign: str
    name: str
    word: str
    sentence: str


def headline(found: Explanation) -> str:
    """Yes or no, in a sentence without a subject."""
    if not found.can_sign_in:
        return _("cannot sign in")
    if found.must_change_password:
        return _("can sign in, but must choose a new password first")
    return _("can sign in")


def sign_of(found: Explanation) -> str:
    """The sign that stands beside the headline."""
    if not found.can_sign_in:
        return SIGNS.blocked
    return SIGNS.error if found.must_change_password else SIGNS.done


def said(found: Explanation, zone: ZoneInfo) -> tuple[Said, ...]:
    """Every gate in words, in order."""
    return tuple(_said(found, gate, zone) for gate in found.gates)


def _said(found: Explanation, gate: Gate, zone: ZoneInfo) -> Said:
    sign, word = {
        True: (SIGNS.done, _("open")),
        None: (SIGNS.dot, _("not asked")),
        False: (SIGNS.blocked, _("shut")),
    }[gate.passed]
    if gate.gate == "password_current" and not gate.passed:
        sign, word = SIGNS.error, _("to be changed")
    return Said(
        gate, sign, NAMES[gate.gate], word, _SENTENCES[gate.gate](_About(found, gate, zone))
    )


def _known(it: _About) -> str:
    sentence = _("user {id}, created {day}{by}")
    return sentence.format(id=it.found.user.id, day=when(it.gate.since, it.zone), by=_by(it))


def _password(it: _About) -> str:
    state, until = it.found.password_state, it.found.password_until
    if state is State.NONE:
        return _invitation(it) or _("there is none yet")
    if state is State.TEMPORARY_OVER:
        hours = it.found.settings.password_temporary_hours
        sentence = _("the temporary one ended {day}: it was good for {n} hours")
        told = sentence.format(day=when(until, it.zone), n=hours)
        invitation = _invitation(it)
        return f"{told}; {invitation}" if invitation else told
    if state is State.TEMPORARY:
        sentence = _("not asked; a temporary one{by}, good until {day}")
        return sentence.format(day=when(until, it.zone), by=_by(it))
    return _("not asked; set {day}{by}").format(day=when(it.gate.since, it.zone), by=_by(it))


def _invitation(it: _About) -> str:
    """Describe the invitation of a pending user, which leads to a password."""
    if it.found.user.status is not Status.PENDING or not it.found.user.email:
        return ""
    invitation = it.found.invitation
    if invitation is None:
        return _("none yet: the user has not been invited")
    sentence = {
        "open": _("none yet: the invitation is open until {day}"),
        "expired": _("none yet: the invitation expired {day}"),
    }.get(invitation.state, _("none yet: the invitation was ended and no longer works"))
    return sentence.format(day=when(invitation.expires, it.zone))


def _status(it: _About) -> str:
    under_way = it.found.under_way
    if under_way and under_way.leaves:
        return _("leaving: {told}").format(told=standing.told(under_way))
    sentence = _("{status} since {day}{ago}{by}")
    return sentence.format(
        status=_(it.found.facts.status.value),
        day=when(it.gate.since, it.zone),
        ago="" if it.gate.passed else f" ({_back(it.gate.since, it.found.now)})",
        by=_by(it) if it.found.facts.status is not Status.PENDING else "",
    )


def _passwords_lock(it: _About) -> str:
    known, now = it.found.facts.locks, it.found.now
    most = it.found.settings.lockout_attempts
    source = _("from {source}").format(source=known.attempted_from) if known.attempted_from else ""
    if not it.gate.passed:
        tries = ngettext("{n} attempt", "{n} attempts", known.attempts).format(n=known.attempts)
        parts = [
            _("locked {ago} after {tries}").format(ago=_back(it.gate.since, now), tries=tries),
            *([_("last {from_there}").format(from_there=source)] if source else []),
            *([_("until {day}").format(day=when(it.gate.until, it.zone))] if it.gate.until else []),
        ]
        return ", ".join(parts)
    if known.attempts and known.attempts <= most:
        sentence = _("{n} in a row, last {ago} {from_there}").format(
            n=known.attempts, ago=_back(known.attempted_at, now), from_there=source
        )
        return f"{sentence.rstrip()}; {_('{most} are forgiven').format(most=most)}"
    return _("none; {most} in a row are forgiven").format(most=most)


def _idle_lock(it: _About) -> str:
    limit = it.found.settings.lockout_idle_days
    if not limit:
        return _("nobody is locked for that here")
    since = it.found.facts.locks.idle_from
    here = when(since, it.zone)
    if since is None:
        return _("no limit runs yet")
    seen = it.found.user.last_seen
    words = _("last here {ago}") if seen == since else _("counted from {day} ({ago})")
    text = words.format(ago=_back(since, it.found.now), day=here)
    if it.found.facts.locks.spared:
        return _("{text}; never locked for that: owner, or last usable admin").format(text=text)
    if not it.gate.passed:
        day = when(it.gate.since, it.zone)
        return _("locked since {day}: {text}, limit {n} days").format(day=day, text=text, n=limit)
    return _("{text}, limit {n} days").format(text=text, n=limit)


def _confirmed(it: _About) -> str:
    if not it.gate.passed:
        return _("not yet: no letter was redeemed, and no admin has confirmed them")
    return _("{day}{by}").format(day=when(it.gate.since, it.zone), by=_by(it))


def _door(it: _About) -> str:
    if it.gate.passed:
        if it.found.door is Door.USHER and not it.found.user.admin:
            return _("usher: their own profile alone")
        return str(it.found.door)
    if it.found.door is Door.PLATFORM:
        return _("they have the simulator only")
    return _("they do not hold simulator.use")


def _current(it: _About) -> str:
    state, until = it.found.password_state, it.found.password_until
    if state is State.NONE:
        return _("there is none yet")
    if state in {State.TEMPORARY, State.TEMPORARY_OVER}:
        return _("temporary: may only choose one of their own")
    if state is State.EXPIRED:
        sentence = _("expired {ago}: may only change it")
        return sentence.format(ago=_back(until, it.found.now))
    if until is None:
        return _("never expires here")
    sentence = _("good until {day}, {left}")
    return sentence.format(day=when(until, it.zone), left=in_time(until, it.found.now))


def _by(it: _About) -> str:
    """Who it was, where the history knows it and it was somebody else."""
    verb, actor = it.found.deeds.get(it.gate.gate, ("", ""))
    if verb in BY_LETTER:
        return f" {_('by letter')}"
    if not actor or actor == it.found.user.login:
        return ""
    return f" {_('by {actor}').format(actor=actor)}"


def _back(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return _("at an unknown time")
    passed = ago(moment, now)
    return _("just now") if passed == _("now") else _("{ago} ago").format(ago=passed)


_SENTENCES: dict[str, Callable[[_About], str]] = {
    "known": _known,
    "password": _password,
    "status": _status,
    "passwords_lock": _passwords_lock,
    "idle_lock": _idle_lock,
    "confirmed": _confirmed,
    "door": _door,
    "password_current": _current,
}
