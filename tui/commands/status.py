"""The commands that move people from where they stand."""

from collections.abc import Callable, Sequence

from store.access import may
from store.policy.transitions import of_status, problem_of, right_of, told
from store.values import Row, User
from store.wording import _
from tui.commands import Command, Situation
from tui.commands.people import PERSON, USERS
from tui.commands.rights import actor_of, subject_of

OUTCOMES = "outcomes"

VERBS = {
    "block": ("block", "unblock"),
    "put_out": ("deactivate", "remove", "revoke"),
    "restore": ("restore", "resend"),
    "confirm_user": ("confirm",),
    "unlock": ("unlock",),
    "confirm_address": ("send_confirmation",),
}
"""What a key may mean: the first of them that does something, or the one that is chosen."""


def why_not(command: str) -> Callable[[Situation], str]:
    """The reason against all that a key may mean, by the rules of the store."""
    verbs = VERBS[command]

    def reason(situation: Situation) -> str:
        target, actor = situation.target, actor_of(situation)
        answers = [may(actor, right) for right in _leading(verbs)]
        answer = next(filter(None, answers), answers[0])
        # Of oneself it is asked in the abstract as well; the store says why one may not.
        if not answer or situation.marked or (target and target.id == actor.id):
            return answer.reason
        if target is None:
            return _("No user is selected.")
        subject = subject_of(target)
        against = [
            may(actor, right_of(verb), subject).reason or _problem(verb, target) for verb in verbs
        ]
        return against[0] if all(against) else ""

    return reason


def possible(command: str, target: Row | User) -> tuple[str, ...]:
    """What a key may mean for this person, as far as the list knows them."""
    return tuple(verb for verb in VERBS[command] if of_status(verb, target) is None)


def words_of(verb: str) -> str:
    """The command that does a verb: `usher users block`, `usher invitations resend`."""
    noun, _dot, _action = right_of(verb).partition(".")
    return f"usher {noun} {verb.replace('_', '-')}"


def _leading(verbs: Sequence[str]) -> list[str]:
    """Of each noun the right that comes first: what a key means at all goes by these."""
    rights = [right_of(verb) for verb in verbs]
    return list({right.partition(".")[0]: right for right in reversed(rights)}.values())[::-1]


def _problem(verb: str, target: Row | User) -> str:
    # A row of the list does not tell all that a page does; then the store has the last word.
    found = problem_of(verb, target) if isinstance(target, User) else of_status(verb, target)
    return told(found.pattern, target.id, target.full_name) if found else ""


def _command(name: str, key: str, label: str, help_text: str, *, shown: bool = True) -> Command:
    return Command(
        name,
        (key,),
        label,
        help_text,
        frozenset({USERS, PERSON}),
        "\n".join(f"{words_of(verb)} {{who}}" for verb in VERBS[name]),
        why_not(name),
        shown=shown,
    )


COMMANDS = (
    _command("block", "b", _("block"), _("Block, or lift the block")),
    _command(
        "put_out", "x", _("leave"), _("Deactivate, remove for good, or take an invitation back")
    ),
    _command("unlock", "u", _("unlock"), _("Lift the locks: wrong passwords, away for too long")),
    _command(
        "restore",
        "r",
        _("restore"),
        _("Bring somebody inactive back; invite somebody pending anew"),
        shown=False,
    ),
    _command(
        "confirm_user",
        "c",
        _("confirm"),
        _("Confirm the user, so that they may come in"),
        shown=False,
    ),
    Command(
        "only_refused",
        ("space",),
        _("refused only"),
        _("Show only those that were refused, or everybody"),
        frozenset({OUTCOMES}),
    ),
)
