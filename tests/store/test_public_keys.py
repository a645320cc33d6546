"""The line of a public key: read as strictly as it is later handed to sshd."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.checks.public_keys import blob_of, parse
from store.checks.text import MalformedError
from tests.public_keys import CERTIFICATE, DSA, ED25519, EVERY_KIND, WEAK_RSA, Made

KIND, ENCODED, _COMMENT = ED25519.line.split(" ", 2)
BLOB = base64.b64decode(ENCODED)


def field(raw: bytes) -> bytes:
    return len(raw).to_bytes(4) + raw


def line_of(kind: str, *fields: bytes) -> str:
    blob = b"".join(map(field, (kind.encode(), *fields)))
    return f"{kind} {base64.b64encode(blob).decode()}"


@pytest.mark.parametrize("made", EVERY_KIND, ids=[made.line.split()[0] for made in EVERY_KIND])
def test_every_kind_is_read_with_the_fingerprint_of_ssh_keygen(made: Made) -> None:
    key = parse(made.line + "\n")
    kind, encoded, *comment = made.line.rstrip().split(" ", 2)
    assert (key.kind, key.encoded, [key.comment]) == (kind, encoded, comment or [""])
    assert key.fingerprint == made.fingerprint


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "Paste the line"),
        (" \n", "Paste the line"),
        (DSA, "DSA keys are too weak"),
        (CERTIFICATE, "certificate"),
        (WEAK_RSA, "1024 bits are too weak"),
        (f'command="id" {ED25519.line}', "begins with options"),
        (f"restrict {ED25519.line}", "begins with options"),
        (f"no-pty,from=10.0.0.1 {ED25519.line}", "begins with options"),
        (f"{ED25519.line}\n{EVERY_KIND[1].line}", "several lines"),
        (f"{ED25519.line} {EVERY_KIND[1].line}", "several lines"),
        (f"{ED25519.line}\r\nx", "several lines"),
        (ED25519.line.replace(" ", "\t", 1), "contains hidden characters"),
        (f"{ED25519.line}\x1b[31m", "contains hidden characters"),
        (f"{ED25519.line}\0", "contains hidden characters"),
        (f"{KIND} {ENCODED} {'x' * 201}", "At most 200 are allowed"),
        (f"{KIND} {ENCODED} {'x' * 5000}", "At most 4096 are allowed"),
        ("-----BEGIN OPENSSH PRIVATE KEY----- b3Bl", "private key. Keep it secret"),
        ("---- BEGIN SSH2 PUBLIC KEY ----", "ssh-keygen -i"),
        (KIND, "ends after its type"),
        (f"{KIND} {ENCODED[:-4]}", "damaged"),
        (f"{KIND} {ENCODED[:-1]}", "incomplete or has extra"),
        (f"{KIND} {ENCODED}=", "incomplete or has extra"),
        (f"{KIND} {ENCODED[:20]}*{ENCODED[20:]}", "incomplete or has extra"),
        (f"ssh-rsa {ENCODED}", "not of the type"),
        (f"{KIND} {base64.b64encode(BLOB + b'x').decode()}", "damaged"),
        ("ssh-ed448 AAAA", "The public key is not valid"),
        ("SHA256:abc", "The public key is not valid"),
        (line_of(KIND, b"x" * 31), "damaged"),
        (line_of("ecdsa-sha2-nistp256", b"nistp384", b"\4" + b"x" * 64), "damaged"),
        (line_of("ecdsa-sha2-nistp256", b"nistp256", b"\2" + b"x" * 32), "damaged"),
        (line_of("ssh-rsa", b"\1\0\1", b"\xff" * 256), "damaged"),
        (line_of("ssh-rsa", b"\1\0\1", b"\0\0" + b"\xff" * 256), "damaged"),
        (line_of("ssh-rsa", b"\1", b"\0" + b"\xff" * 256), "damaged"),
        (line_of("ssh-rsa", b"\1\0\1", b"\0" + b"\xff" * 2049), "damaged"),
        (line_of("sk-ssh-ed25519@openssh.com", b"x" * 32), "damaged"),
        (line_of("sk-ssh-ed25519@openssh.com", b"x" * 32, b"ssh:\n"), "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_key_to_be_used_says_what_to_do(line: str, said: str) -> None:
    with pytest.raises(MalformedError) as refused:
        parse(line)
    assert said in refused.value.sentence


@given(st.text(max_size=300))
def test_any_text_is_a_key_or_a_refusal(text: str) -> None:
    for line in (text, f"{KIND} {text}", f"{KIND} {ENCODED} {text}"):
        try:
            key = parse(line)
        except MalformedError:
            continue
        assert key.blob == BLOB


@given(st.binary(max_size=200), st.sampled_from([made.line.split()[0] for made in EVERY_KIND]))
def test_any_blob_is_a_key_or_a_refusal(blob: bytes, kind: str) -> None:
    for inner in (blob, field(kind.encode()) + blob):
        try:
            key = parse(f"{kind} {base64.b64encode(inner).decode()}")
        except MalformedError:
            continue
        assert key.blob == inner


@given(st.data())
def test_a_key_with_a_byte_changed_is_never_taken_for_the_same(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(BLOB) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda byte: byte != BLOB[place]))
    other = BLOB[:place] + bytes([value]) + BLOB[place + 1 :]
    try:
        key = parse(f"{KIND} {base64.b64encode(other).decode()}")
    except MalformedError:
        return
    assert key.fingerprint != ED25519.fingerprint


@given(st.binary())
def test_base64_is_taken_in_its_one_spelling_alone(blob: bytes) -> None:
    encoded = base64.b64encode(blob).decode()
    assert blob_of(encoded) == blob
    assert blob_of(encoded + "\n") is None
    assert blob_of(f" {encoded}") is None
