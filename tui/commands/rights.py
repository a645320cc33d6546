"""What the keys ask of `store.access`, which alone knows who may do what to whom."""

from store.access import Actor, Subject, may
from store.values import Row, User
from tui.commands import Situation, WhyNot


def actor_of(situation: Situation) -> Actor:
    """Whoever is signed in, as one who acts."""
    return Actor.of(situation.actor)


def subject_of(person: Row | User) -> Subject:
    """Somebody as one on whom is acted."""
    return Subject(person.id, person.admin, person.owner)


def needs(permission: str) -> WhyNot:
    """What is done to nobody in particular."""

    def reason(situation: Situation) -> str:
        return may(actor_of(situation), permission).reason

    return reason


def on_them(permission: str) -> WhyNot:
    """What is done to the person on the screen, whom everybody is to themselves."""

    def reason(situation: Situation) -> str:
        target = situation.target
        if target is None:
            return ""
        return may(actor_of(situation), permission, subject_of(target)).reason

    return reason
