"""What every screen has: a heading, a body, a line for messages, a line of keys.

A screen gets what it needs through its constructor, asks the store as `asking` says, and returns a
value with `dismiss`. It reaches no other screen through the app.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.reactive import Reactive
from textual.screen import ScreenResultType
from textual.widget import Widget

from store.errors import UsherError
from store.values import User
from store.wording import _
from tui.commands import Command, Situation, in_room
from tui.commands.registry import BY_ID, REGISTRY
from tui.dialogs.choose import Picked
from tui.dialogs.copy import Copy, Labelled
from tui.dialogs.palette import Palette
from tui.messages import DrawAnew
from tui.remedies import on_screen
from tui.screens.asking import Asking
from tui.signs import SIGNS
from tui.widgets.lines import Heading, KeyLine, MessageLine


def bindings_of(room: str) -> list[BindingType]:
    """The bindings of a screen, made from the registry."""
    return [
        Binding(key, f"run('{command.id}')", command.label, show=False, tooltip=command.help)
        for command in in_room(room, REGISTRY)
        for key in command.keys
    ]


class Room(Asking[ScreenResultType]):
    """The frame of a screen. `ROOM` is its name in the registry of commands."""

    ROOM: ClassVar[str] = ""
    AUTO_FOCUS: ClassVar[str | None] = None

    # Textual would paint the whole screen anew for every step of the focus.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    heading = getters.query_one(Heading)
    key_line = getters.query_one(KeyLine)

    def __init__(self, title: str, who: str = "") -> None:
        super().__init__()
        self._title, self._who = title, who

    def compose(self) -> ComposeResult:
        yield Heading(self._title, self._who)
        with Vertical(id="body"):
            yield from self.body()
        yield MessageLine()
        yield KeyLine(self.keys())

    def body(self) -> Iterable[Widget]:
        """The widgets between the heading and the message line."""
        return ()

    def situation(self) -> Situation | None:
        """Who is signed in, and who is concerned; None where nobody is signed in."""
        return None

    def commands(self) -> tuple[Command, ...]:
        """What this person may do on this screen at all."""
        situation = self.situation()
        return tuple(
            command
            for command in in_room(self.ROOM, REGISTRY)
            if situation is None or self._possible(command, situation)
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Key and label of what the key line shows."""
        return tuple((command.key, command.label) for command in self.commands() if command.shown)

    def rename_actor(self, who: str) -> None:
        """Say who is signed in anew: they are more than they were, or less, and so are the keys."""
        self.heading.who, self.key_line.keys = who, self.keys()
        self.heading.refresh()
        self.key_line.refresh()

    def say(self, sentence: str) -> None:
        """Show a sentence until the next key. Commands in it are shown as keys."""
        super().say(on_screen(sentence, self.ROOM))

    def refuse(self, error: UsherError) -> None:
        """Show why something was refused."""
        self.say(self.text_of(error))

    def text_of(self, error: UsherError) -> str:
        """Return a refusal for this screen, after the error symbol."""
        message = " ".join(line.strip() for line in error.lines)
        return f"{SIGNS.error} {on_screen(message, self.ROOM)}"

    def abandon(self) -> None:
        """Let long work go no further than it must: nobody waits for it any more."""

    def on_unmount(self) -> None:
        self.abandon()

    def action_run(self, command_id: str) -> None:
        """Do what a key stands for, or say why not."""
        command = BY_ID[command_id]
        situation = self.situation()
        reason = command.why_not(situation) if situation else ""
        if reason:
            self.say(f"{SIGNS.error} {reason}")
            return
        self.message_line.clear()
        getattr(self, f"do_{command_id}")()

    def do_back(self) -> None:
        """Go back to the screen behind this one."""
        self.dismiss(None)

    def do_draw(self) -> None:
        self.post_message(DrawAnew())

    def do_help(self) -> None:
        from tui.screens.help import Help  # noqa: PLC0415  (help is a room itself)

        self.app.push_screen(Help(self.ROOM))

    def do_palette(self) -> None:
        self.app.push_screen(Palette(self.commands()), self._run_picked)

    def do_copy(self) -> None:
        situation = self.situation()
        if situation and situation.target:
            person = situation.target
            texts = (
                (_("id"), str(person.id)),
                (_("login"), person.login),
                (_("e-mail"), person.email),
            )
            self._let_copy(_("Copy"), [(label, text) for label, text in texts if text])

    def do_as_command(self) -> None:
        lines = self.command_lines()
        if lines:
            self._let_copy(_("This as a command"), [("", line) for line in dict.fromkeys(lines)])
        else:
            self.say(_("There is no command for this."))

    def command_lines(self) -> tuple[str, ...]:
        """The command lines that do what this screen shows or offers."""
        situation = self.situation()
        if situation is None:
            return ()
        words = (command.as_command(situation) for command in in_room(self.ROOM, REGISTRY))
        return tuple(dict.fromkeys(line for one in words for line in one.splitlines()))

    def _run_picked(self, picked: Picked | None) -> None:
        if picked:
            self.action_run(picked.key)

    def _let_copy(self, title: str, texts: Sequence[Labelled]) -> None:
        self.app.push_screen(Copy(title, texts), self._say_copied)

    def _say_copied(self, text: str | None) -> None:
        if text is not None:
            sentence = _("Sent to your terminal's clipboard: {text}").format(text=text)
            self.say(f"{SIGNS.done} {sentence}")

    @staticmethod
    def _possible(command: Command, situation: Situation) -> bool:
        # Asked about somebody in general: what remains is about the actor. On a page about
        # oneself it is asked about oneself, who may do there what is denied them of others.
        actor, target = situation.actor, situation.target
        own = isinstance(target, User) and target.id == actor.id
        whom = actor if own else replace(actor, id=0, admin=False, owner=False)
        return not command.why_not(Situation(actor, whom, marked=1))
