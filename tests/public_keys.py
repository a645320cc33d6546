"""Public keys for the tests, made once by ssh-keygen, each with the fingerprint that it printed."""

from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"


class Made(NamedTuple):
    """A line of a `.pub` file, and what `ssh-keygen -l` says of it."""

    fingerprint: str
    line: str


def _read() -> list[Made]:
    lines = (DATA / "keys.txt").read_text(encoding="utf-8").splitlines()
    return [Made(*line.split(" ", 1)) for line in lines]


EVERY_KIND = _read()
ED25519, ECDSA, OTHER = EVERY_KIND[0], EVERY_KIND[1], EVERY_KIND[2]
DSA, WEAK_RSA, CERTIFICATE = (DATA / "keys.refused.txt").read_text(encoding="utf-8").splitlines()
