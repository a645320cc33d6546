"""What a public key of OpenSSH is: one line, a type, a blob that says the same, a comment.

Read strictly (RFC 4253, 5656, 8709 and OpenSSH's PROTOCOL.u2f), for the line goes back to sshd:
no options, no certificates, no DSA, nothing that could be read in two ways.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from store.checks.text import MalformedError, excerpt, has_controls, tidy
from store.wording import _

LINE_MAX = 4096
"""Characters of a line; the longest key that OpenSSH takes, RSA of 16384 bits, has 2 800."""
COMMENT_MAX = 200
RSA_MIN, RSA_MAX = 2048, 16384
ED25519_BYTES = 32
CURVES = {"nistp256": 32, "nistp384": 48, "nistp521": 66}
"""The curves, and the bytes of one coordinate on each."""
UNCOMPRESSED = 4


_SEVERAL = _("The public key has several lines. Paste one key, in one line.")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that sshd takes as it stands here."""

    kind: str
    blob: bytes
    comment: str = ""

    @property
    def encoded(self) -> str:
        """The blob as it stands in the line."""
        return base64.b64encode(self.blob).decode()

    @property
    def fingerprint(self) -> str:
        """As `ssh-keygen -l` prints it: SHA256 and base64 without padding."""
        return fingerprint_of(self.blob)


def fingerprint_of(blob: bytes) -> str:
    """The SHA256 fingerprint of a key's blob."""
    digest = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    return f"SHA256:{digest}"


def parse(line: str) -> PublicKey:
    """The key of a line, as it stands in a file that ends in `.pub`.

    Raises:
        MalformedError: it is none, or one that is not to be used any more.
    """
    line = line.strip(" \r\n")
    _check_line(line)
    kind, _blank, rest = line.partition(" ")
    encoded, _blank, comment = rest.lstrip(" ").partition(" ")
    if kind not in _READERS:
        raise MalformedError(_why_not(kind))
    if not _READERS.keys().isdisjoint(comment.split()):
        # Where several lines were pasted into a field, the others stand behind the first.
        raise MalformedError(_SEVERAL)
    key = PublicKey(kind, _blob(kind, encoded), tidy(comment))
    if len(key.comment) > COMMENT_MAX:
        sentence = _(
            "The comment of the public key has {count} characters. At most {n} are allowed."
            " Shorten it."
        )
        raise MalformedError(sentence.format(count=len(key.comment), n=COMMENT_MAX))
    _check(key)
    return key


def blob_of(encoded: str) -> bytes | None:
    """The blob that was written in base64; None where it is not what would be written."""
    try:
        blob = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return blob if base64.b64encode(blob).decode() == encoded else None


def _check_line(line: str) -> None:
    if not line:
        raise MalformedError(
            _("The public key is missing. Paste the line of a file that ends in .pub.")
        )
    if "PRIVATE KEY" in line:
        raise MalformedError(
            _(
                "This is a private key. Keep it secret, and paste the public key, from "
                "the file that ends in .pub."
            )
        )
    if line.startswith("---"):
        raise MalformedError(
            _("The public key is in another format. Convert it: ssh-keygen -i -f FILE")
        )
    if "\n" in line or "\r" in line:
        raise MalformedError(_SEVERAL)
    if len(line) > LINE_MAX:
        raise MalformedError(
            _(
                "The public key has {count} characters. At most {n} are allowed. Copy one key only."
            ).format(count=len(line), n=LINE_MAX)
        )
    if has_controls(line):
        raise MalformedError(_("The public key contains hidden characters. Copy it again."))


def _why_not(kind: str) -> str:
    if kind == "ssh-dss":
        return _("DSA keys are too weak. Create another key: ssh-keygen -t ed25519")
    if "-cert-" in kind:
        sentence = _("The public key is a certificate ({kind}). Paste the key itself.")
        return sentence.format(kind=excerpt(kind))
    if "=" in kind or "," in kind or kind in {"restrict", "pty"}:
        sentence = _("The public key begins with options (“{kind}”). Paste the key without them.")
        return sentence.format(kind=excerpt(kind))
    return _(
        "The public key is not valid. It begins with ssh-ed25519, ecdsa-sha2- or ssh-rsa. Copy the"
        " whole line."
    )


def _blob(kind: str, encoded: str) -> bytes:
    if not encoded:
        sentence = _("The public key ends after its type “{kind}”. Copy the whole line.")
        raise MalformedError(sentence.format(kind=kind))
    blob = blob_of(encoded)
    if blob is None:
        raise MalformedError(
            _("The public key is incomplete or has extra characters. Copy it again.")
        )
    return blob


def _check(key: PublicKey) -> None:
    """See that the blob is a key of the type that the line names, and nothing more."""
    fields = _Fields(key.blob)
    if fields.text() != key.kind:
        sentence = _(
            "The public key is not of the type “{kind}” that its line names. Copy it again."
        )
        raise MalformedError(sentence.format(kind=key.kind))
    _READERS[key.kind](fields)
    if not fields.at_end:
        raise _damaged()


class _Fields:
    """The fields of a blob, one after the other; each begins with its length (RFC 4251)."""

    def __init__(self, blob: bytes) -> None:
        self._blob, self._at = blob, 0

    @property
    def at_end(self) -> bool:
        return self._at == len(self._blob)

    def bytes(self) -> bytes:
        """The next field."""
        begin = self._at + 4
        end = begin + int.from_bytes(self._blob[self._at : begin])
        if len(self._blob) < max(begin, end):
            raise _damaged()
        self._at = end
        return self._blob[begin:end]

    def text(self) -> str:
        """The next field as ASCII."""
        try:
            return self.bytes().decode("ascii")
        except UnicodeDecodeError as error:
            raise _damaged() from error

    def number(self) -> int:
        """The next field as a positive number in its only spelling."""
        raw = self.bytes()
        if not raw or raw[0] >= 0x80 or (raw[0] == 0 and (len(raw) == 1 or raw[1] < 0x80)):
            raise _damaged()
        return int.from_bytes(raw)


def _ed25519(fields: _Fields) -> None:
    if len(fields.bytes()) != ED25519_BYTES:
        raise _damaged()


def _ecdsa(curve: str) -> Callable[[_Fields], None]:
    def read(fields: _Fields) -> None:
        name, point = fields.text(), fields.bytes()
        if name != curve or len(point) != 1 + 2 * CURVES[curve] or point[0] != UNCOMPRESSED:
            raise _damaged()

    return read


def _rsa(fields: _Fields) -> None:
    exponent, modulus = fields.number(), fields.number()
    bits = modulus.bit_length()
    if bits < RSA_MIN:
        raise MalformedError(
            _(
                "RSA keys of {bits} bits are too weak. Create another key: ssh-keygen -t ed25519"
            ).format(bits=bits)
        )
    if bits > RSA_MAX or exponent < 3 or not exponent % 2 or not modulus % 2:
        raise _damaged()


def _with_application(read: Callable[[_Fields], None]) -> Callable[[_Fields], None]:
    """A key that lives in a security token names what it is for."""

    def read_both(fields: _Fields) -> None:
        read(fields)
        application = fields.text()
        if not application or not application.isprintable():
            raise _damaged()

    return read_both


def _damaged() -> MalformedError:
    return MalformedError(_("The public key is damaged. Copy it again."))


_READERS: dict[str, Callable[[_Fields], None]] = {
    "ssh-ed25519": _ed25519,
    **{f"ecdsa-sha2-{curve}": _ecdsa(curve) for curve in CURVES},
    "ssh-rsa": _rsa,
    "sk-ssh-ed25519@openssh.com": _with_application(_ed25519),
    "sk-ecdsa-sha2-nistp256@openssh.com": _with_application(_ecdsa("nistp256")),
}
"""What is behind the type in the blob of each kind of key."""
