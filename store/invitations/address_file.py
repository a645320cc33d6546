"""A file of addresses on the server."""

from pathlib import Path

from store.errors import Refused
from store.exchange import files
from store.invitations.addresses import Asked, addresses, decoded
from store.wording import _

LARGEST = 1024 * 1024
"""Bytes of it: some twenty thousand addresses with names, of which five hundred go at a time."""


def addresses_in(path: Path, *, any_ending: bool = False) -> tuple[Asked, ...]:
    """The addresses of a file in any shape that `addresses` takes.

    Raises:
        Refused: it is no regular file, out of reach, not UTF-8, or too large.
    """
    with files.opened(path, any_ending=any_ending) as stream:
        try:
            content = stream.read(LARGEST + 1)
        except OSError as error:
            raise files.unreadable(path, error) from error
    if len(content) > LARGEST:
        sentence = _("{path} is larger than a list of addresses is: at most {n} bytes.")
        raise Refused(sentence.format(path=path, n=LARGEST), code="file_unreadable")
    return addresses(decoded(content))
