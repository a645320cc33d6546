"""What every screen of a signed-in person is given."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from store import settings
from store.session import Session
from store.settings import Settings
from store.values import User
from store.wording import _


@dataclass(slots=True)
class Visit:
    """One person's stay: their session, who they are, the account's name and settings.

    All screens share it, so that what is changed on one of them holds on the others.
    """

    session: Session
    actor: User
    account: str
    settings: Settings

    @classmethod
    def begin(cls, session: Session, actor: User) -> "Visit":
        """Read once what all screens need."""
        store = session.store
        return cls(session, actor, settings.account_name(store) or "", settings.load(store))

    def read_settings(self) -> None:
        """Take over the settings as they stand now."""
        self.settings = settings.load(self.session.store)

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.time_zone

    @property
    def who(self) -> str:
        """Login and standing, for the heading."""
        if self.actor.owner:
            return f"{self.actor.login}  {_('owner')}"
        return f"{self.actor.login}  {_('admin')}" if self.actor.admin else self.actor.login
