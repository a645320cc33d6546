"""What letters say: a subject and plain text for each kind (DESIGN 3.4, 3.5, 3.9, 3.10).

A paragraph is left out where something that it tells is not known, as the link where the platform
has no page for it. People's text stands in the body alone, without what could steer a terminal.
"""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from store.checks.text import tidy, without_controls
from store.wording import _

WIDTH = 72
SUBJECT_MAX = 200

_TURNED = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of a line, and could make a letter say another thing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter may tell; empty is not known, or not to be told.

    `until` is when the code, the password or the temporary password ends, as people read it; of
    an owner who was declared absent, until when nobody else may have the account.
    """

    account: str
    name: str = ""
    login: str = ""
    address: str = ""
    code: str = ""
    link: str = ""
    password: str = ""
    until: str = ""
    owner: str = ""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A letter as it is read."""

    subject: str
    body: str


_ENDS = _("It may be used once, until {until}.")
_NOT_YOU = _("If it was neither you nor agreed with you, tell an administrator at once.")

KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "invitation": (
        _("Your invitation to {account}"),
        (
            _("You are invited to {account}. You will sign in as {login}."),
            _("Accept it and choose your password here:\n  {link}"),
            _("The code of this invitation:\n  {code}"),
            _(
                "The sign-in screen of Usher takes it under 'I have a code', and so does the "
                "command:\n  usher accept {code}"
            ),
            _ENDS,
            _("If you expect no invitation, do nothing: without the code nothing happens."),
        ),
    ),
    "created": (
        _("Your login at {account}"),
        (
            _("You can sign in at {account} as:\n  {login}"),
            _("Your temporary password:\n  {password}"),
            _("It is good until {until}; when you first sign in you choose one of your own."),
        ),
    ),
    "renamed": (
        _("Your new login at {account}"),
        (
            _("At {account} you now sign in as:\n  {login}"),
            _("Your temporary password:\n  {password}"),
            _("When you first sign in you choose one of your own."),
            _("Choose your password here:\n  {link}"),
            _("The code by which you choose your password:\n  {code}"),
            _("A terminal takes it as well, once, until {until}:\n  usher reset {code}"),
            _NOT_YOU,
        ),
    ),
    "confirmation": (
        _("Confirm your e-mail address at {account}"),
        (
            _("Please confirm that {address} is the address of {login} at {account}."),
            _("Confirm it here:\n  {link}"),
            _("The code that confirms it:\n  {code}"),
            _(
                "The sign-in screen of Usher takes it under 'I have a code', and so does the "
                "command:\n  usher confirm-email {code}"
            ),
            _ENDS,
            _("If this login is not yours, do nothing: the address stays unconfirmed."),
        ),
    ),
    "reset": (
        _("A new password at {account}"),
        (
            _("Somebody, probably you, asked for a new password for {login} at {account}."),
            _("Choose it here:\n  {link}"),
            _("The code by which you choose it:\n  {code}"),
            _(
                "The sign-in screen of Usher takes it under 'I have a code', and so does the "
                "command:\n  usher reset {code}"
            ),
            _ENDS,
            _("If you did not ask for it, do nothing: your password stays as it is."),
        ),
    ),
    "password_changed": (
        _("Your password at {account} was changed"),
        (_("The password of {login} at {account} was changed."), _NOT_YOU),
    ),
    "password_expires": (
        _("Your password at {account} expires soon"),
        (
            _("The password of {login} at {account} expires on {until}."),
            _("Sign in before and choose another one; afterwards you must, to go on."),
        ),
    ),
    "email_changed": (
        _("Your e-mail address at {account} was changed"),
        (
            _("The e-mail address of {login} at {account} was changed, and is no longer this one."),
            _NOT_YOU,
        ),
    ),
    "absence": (
        _("You were declared absent at {account}"),
        (
            _("{by} has declared that you, the owner of {account}, are absent."),
            _("The reason given: {reason}"),
            _("If it is true there is nothing to do: after {until} any admin may own the account."),
            _("If it is not, take it back. To sign in is enough, and so is this code:\n  {code}"),
            _("The link that takes it back:\n  {link}"),
            _(
                "The sign-in screen of Usher takes it under 'I have a code', and so does the "
                "command:\n  usher owner keep {code}"
            ),
        ),
    ),
    "owner_changed": (
        _("{account} has another owner"),
        (
            _("{owner} owns {account} from now on, and nobody else does."),
            _NOT_YOU,
        ),
    ),
    "test": (
        _("A test letter from {account}"),
        (_("Letters from {account} arrive: somebody tried it out. There is nothing to do."),),
    ),
}
"""Subject and paragraphs, by the kind of a letter; what somebody wrote themselves has neither."""

_HELLO, _HELLO_YOU = _("Hello,"), _("Hello {name},")


def text_of(kind: str, facts: Facts) -> Text:
    """What a letter of this kind says."""
    known = {name: line_of(getattr(facts, name)) for name in Facts.__slots__}
    subject, paragraphs = KINDS[kind]
    told = [_HELLO_YOU if known["name"] else _HELLO, *filter(None, _told(paragraphs, known))]
    body = "\n\n".join(_wrapped(one.format(**known)) for one in told)
    return Text(subject_of(subject.format(**known)), f"{body}\n\n{known['account']}\n")


def line_of(text: str) -> str:
    """People's text as one line, in which nothing steers or turns."""
    return " ".join(_TURNED.sub("", without_controls(tidy(text))).split())


def subject_of(text: str) -> str:
    """The same for a header, in which nothing looks like an encoded word: it would be decoded."""
    return line_of(text).replace("=?", "= ?")[:SUBJECT_MAX]


def lines_of(text: str) -> str:
    """People's text of several lines."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(
        _TURNED.sub("", without_controls(line.replace("\t", "    "))).rstrip() for line in lines
    ).strip("\n")


def _told(paragraphs: tuple[str, ...], known: Mapping[str, str]) -> list[str]:
    """The paragraphs of which everything is known."""
    return [
        one
        for one in paragraphs
        if all(known[name] for _text, name, _spec, _conversion in Formatter().parse(one) if name)
    ]


def _wrapped(paragraph: str) -> str:
    """Short lines; what is indented, as a code or a link, stays in one."""
    return "\n".join(
        line
        if line.startswith(" ")
        else textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in paragraph.split("\n")
    )
