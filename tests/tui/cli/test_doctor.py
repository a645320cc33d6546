"""`usher doctor ssh`: each line of the page is looked at, and said in words."""

import getpass
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from store.upkeep.sshd import checks
from tests.tui.cli.conftest import Answer
from tui.cli import usher as root

USER = getpass.getuser()
GOOD = f"""\
authorizedkeyscommand /usr/bin/env usher keys authorized %t %k
authorizedkeyscommanduser {USER}
authorizedkeysfile none
authenticationmethods publickey
trustedusercakeys none
forcecommand none
exposeauthinfo yes
acceptenv LANG
acceptenv LC_*
permituserenvironment no
permituserrc no
disableforwarding yes
permittty yes
clientaliveinterval 15
clientalivecountmax 3
compression yes
"""
FORCED = "\n".join(
    ["forcecommand /opt/usher/bin/usher ssh", "authenticationmethods any",
     *GOOD.splitlines()[7:]]
)  # fmt: skip

Doctor = Callable[..., Answer]


@pytest.fixture
def doctor(tmp_path: Path) -> Doctor:
    """Run `usher doctor ssh` on what sshd is said to have printed."""

    def run(printed: str, *words: str) -> Answer:
        file = tmp_path / "printed"
        file.write_text(printed)
        given = ["doctor", "ssh", "--user", USER, "--config", str(file), *words]
        result = CliRunner().invoke(root, given)
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run


def wrong(printed: str) -> set[str]:
    return {check.setting for check in checks(printed, USER) if not check.ok}


@pytest.mark.parametrize("printed", [GOOD, FORCED])
def test_a_good_configuration_is_good(doctor: Doctor, printed: str) -> None:
    answer = doctor(printed)
    assert (answer.code, answer.err) == (0, "")
    assert "mend" not in answer.out
    assert "Usher, and nothing else" in answer.out


@pytest.mark.parametrize(
    ("line", "instead", "setting"),
    [
        ("authorizedkeyscommand /usr/bin/env usher keys authorized %t %k",
         "authorizedkeyscommand none", "AuthorizedKeysCommand"),
        ("authorized %t %k", "authorized %u", "AuthorizedKeysCommand"),
        (f"commanduser {USER}", "commanduser nobody", "AuthorizedKeysCommandUser"),
        ("authorizedkeysfile none", "authorizedkeysfile .ssh/authorized_keys",
         "AuthorizedKeysFile"),
        ("methods publickey", "methods any", "AuthenticationMethods"),
        ("methods publickey", "methods publickey password", "AuthenticationMethods"),
        ("trustedusercakeys none", "trustedusercakeys /etc/ssh/ca", "TrustedUserCAKeys"),
        ("forcecommand none", "forcecommand /bin/true", "ForceCommand"),
        ("exposeauthinfo yes", "exposeauthinfo no", "ExposeAuthInfo"),
        ("acceptenv LC_*", "acceptenv *", "AcceptEnv"),
        ("acceptenv LC_*", "acceptenv PYTHONPATH", "AcceptEnv"),
        ("permituserenvironment no", "permituserenvironment yes", "PermitUserEnvironment"),
        ("permituserrc no", "permituserrc yes", "PermitUserRC"),
        ("disableforwarding yes", "disableforwarding no", "DisableForwarding"),
        ("permittty yes", "permittty no", "PermitTTY"),
        ("clientaliveinterval 15", "clientaliveinterval 0", "ClientAliveInterval"),
        ("clientaliveinterval 15", "clientaliveinterval 3600", "ClientAliveInterval"),
        ("clientalivecountmax 3", "clientalivecountmax 0", "ClientAliveCountMax"),
        ("compression yes", "compression no", "Compression"),
    ],
)  # fmt: skip
def test_each_line_that_is_wrong_is_named_with_the_reason(
    doctor: Doctor, line: str, instead: str, setting: str
) -> None:
    printed = GOOD.replace(line, instead)
    assert wrong(printed) == {setting}
    answer = doctor(printed)
    assert answer.code == 3
    assert f"  {setting} " in answer.out.split("to be mended")[1]


def test_an_empty_configuration_is_wrong_and_no_fault(doctor: Doctor) -> None:
    answer = doctor("", "--json")
    assert answer.code == 3
    found = json.loads(answer.out)
    assert found["ok"] is False
    assert {"setting", "value", "wanted", "why", "ok"} == set(found["items"][0])


def test_an_account_that_is_not_there_or_has_no_shell_is_named() -> None:
    assert "login shell" in {c.setting for c in checks(GOOD, "no-such-user-here") if not c.ok}
    assert "login shell" in {c.setting for c in checks(GOOD, "nobody") if not c.ok}


def test_a_program_that_others_may_write_to_is_named(tmp_path: Path) -> None:
    """sshd refuses to run it, and says so only in its log."""
    program = tmp_path / "usher"
    program.write_text("")
    program.chmod(0o777)
    printed = GOOD.replace("/usr/bin/env usher", str(program))
    assert wrong(printed) == {"program of the command"}


def test_a_machine_without_sshd_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tui.cli.doctor.PLACES", "")
    result = CliRunner().invoke(root, ["doctor", "ssh"])
    assert result.exit_code == 3
    assert "There is no sshd on this machine" in result.stderr


def test_an_sshd_that_does_not_answer_is_quoted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "sshd"
    program.write_text("#!/bin/sh\necho 'sshd: no hostkeys available -- exiting.' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = CliRunner().invoke(root, ["doctor", "ssh"])
    assert result.exit_code == 3
    assert "no hostkeys available" in result.stderr
