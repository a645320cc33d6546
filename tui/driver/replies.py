"""Telling the terminal's answers from what a person types."""

REPLY = "\x1b[0n"


class Replies:
    """Takes the answers out of the input, also where one arrives in pieces or amid typing."""

    def __init__(self) -> None:
        self._held = ""

    @property
    def holding(self) -> bool:
        """Whether something is held back that may be the beginning of an answer."""
        return bool(self._held)

    def feed(self, text: str) -> tuple[str, int]:
        """What was typed, and how many answers stood in it.

        What may be the beginning of an answer is held back until the next call.
        """
        text = self._held + text
        count = text.count(REPLY)
        typed = text.replace(REPLY, "")
        self._held = next((REPLY[:size] for size in (3, 2, 1) if typed.endswith(REPLY[:size])), "")
        return typed[: len(typed) - len(self._held)], count

    def release(self) -> str:
        """What was held back and is no answer after all, as nothing has followed it."""
        held, self._held = self._held, ""
        return held
