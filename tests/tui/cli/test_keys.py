"""`usher keys` and `usher settings`; what sshd is told of a key."""

import shlex
import sys
from pathlib import Path

import pytest

from store.database import Store
from store.session import Session
from tests.conftest import PASSWORD
from tests.public_keys import DSA, ECDSA, ED25519
from tests.tui.cli.conftest import Usher

REASON = ("--reason", "first key")
KIND, ENCODED, _COMMENT = ED25519.line.split(" ", 2)


@pytest.fixture
def known(usher: Usher, owner: Session) -> Usher:
    """Olga has a key."""
    assert usher("keys", "add", "olga", *REASON, stdin=ED25519.line).code == 0
    return usher


def test_a_key_comes_from_a_file_or_by_stdin(usher: Usher, owner: Session, tmp_path: Path) -> None:
    file = tmp_path / "id.pub"
    file.write_text(ED25519.line, encoding="utf-8")
    added = usher("keys", "add", "olga", str(file), "--json", *REASON)
    assert added.json["fingerprint"] == ED25519.fingerprint
    own = usher("--as", "olga", "keys", "add", "-", "--json", stdin=f"{PASSWORD}\n{ECDSA.line}\n")
    assert (own.code, own.json["fingerprint"]) == (0, ECDSA.fingerprint)
    listed = usher("keys", "list", "olga", "--json")
    assert [key["fingerprint"] for key in listed.json["items"]] == [
        ED25519.fingerprint, ECDSA.fingerprint,
    ]  # fmt: skip
    assert listed.json["items"][0] == {
        "user": owner.user, "type": KIND, "fingerprint": ED25519.fingerprint,
        "comment": "olga@notebook", "added": "2026-03-02T12:00:00Z", "last_used": None,
    }  # fmt: skip


def test_the_table_has_the_whole_fingerprint(known: Usher) -> None:
    answer = known("keys", "list", "olga")
    assert ED25519.fingerprint in answer.out
    assert "olga@notebook" in answer.out


def test_a_key_is_removed_by_its_fingerprint(known: Usher) -> None:
    assert known("keys", "remove", ED25519.fingerprint, *REASON).code == 0
    assert "There are none yet" in known("keys", "list", "olga").out
    gone = known("keys", "remove", ED25519.fingerprint, "--json", *REASON)
    assert (gone.code, gone.json["error"]["code"]) == (5, "key_not_found")


def test_a_key_that_is_taken_is_a_conflict_and_a_bad_one_a_refusal(known: Usher) -> None:
    assert known("keys", "add", "olga", *REASON, stdin=ED25519.line).code == 6
    bad = known("keys", "add", "olga", *REASON, stdin=DSA)
    assert (bad.code, "too weak" in bad.err) == (3, True)
    assert known("keys", "add", "olga", "/nowhere/id.pub", *REASON).code == 3
    assert known("keys", "add", *REASON, stdin=ED25519.line).code == 2


def test_a_rehearsal_adds_no_key(usher: Usher, owner: Session) -> None:
    answer = usher("keys", "add", "olga", "--dry-run", *REASON, stdin=ED25519.line)
    assert "add_key" in answer.out
    assert "There are none yet" in usher("keys", "list", "olga").out


@pytest.mark.parametrize("asked", [(KIND, ENCODED), (ED25519.fingerprint,)])
def test_sshd_is_given_a_line_that_opens_usher_alone(
    known: Usher, data_folder: Path, asked: tuple[str, ...]
) -> None:
    answer = known("keys", "authorized", *asked)
    options, rest = answer.out.split('" ')
    assert rest == f"{KIND} {ENCODED}\n"
    limits, command = options.split('="')
    assert limits == "restrict,pty,command"
    assert shlex.split(command) == [
        "exec", sys.executable, "-I", "-m", "tui", "ssh", "--key", ED25519.fingerprint,
        "--data", str(data_folder),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        (KIND, ENCODED[:-4]), ("ssh-rsa", ENCODED), (KIND, "*"), ("SHA256:unknown",), ("",),
        (KIND, ENCODED, "more"), tuple(ECDSA.line.split()[:2]),
    ],
)  # fmt: skip
def test_of_what_is_not_known_sshd_is_told_nothing(known: Usher, asked: tuple[str, ...]) -> None:
    assert known("keys", "authorized", *asked) == type(known("--help"))(0, "", "")


def test_the_place_of_the_account_is_quoted_for_the_shell_and_for_sshd(
    known: Usher, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = """/srv/a b'c"d$(id);e"""
    monkeypatch.setenv("USHER_DATA", hostile)
    monkeypatch.setenv("USHER_DATABASE", "postgresql://usher@db/acme?x='y'")
    line = known("keys", "authorized", ED25519.fingerprint).out
    quoted = line.removeprefix('restrict,pty,command="').removesuffix(f'" {KIND} {ENCODED}\n')
    assert '"' not in quoted.replace('\\"', "")
    words = shlex.split(quoted.replace('\\"', '"'))
    assert words[words.index("--data") + 1] == hostile
    assert words[words.index("--database") + 1] == "postgresql://usher@db/acme?x='y'"
    for wrong in ("/srv/a\nb", "/srv/a\\b"):
        monkeypatch.setenv("USHER_DATA", wrong)
        answer = known("keys", "authorized", ED25519.fingerprint)
        assert (answer.code, answer.out) == (2, "")


def test_settings_are_listed_and_set(usher: Usher, owner: Session, store: Store) -> None:
    assert "ssh.key_is_enough" in usher("settings", "list").out
    done = usher("settings", "set", "ssh.key_is_enough", "yes", "--json")
    assert done.json == {"key": "ssh.key_is_enough", "value": "yes"}
    listed = {one["key"]: one["value"] for one in usher("settings", "list", "--json").json["items"]}
    assert listed["ssh.key_is_enough"] == "yes"
    assert usher("settings", "set", "ssh.key_is_enough", "maybe").code == 3
    assert usher("settings", "set", "ssh.door", "yes").code == 3
