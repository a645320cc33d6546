"""Mail servers: what is said to them, what they say, and that nothing waits for ever (J65-J67)."""

from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from store.mail.smtp import Patience, Smtp
from store.mail.transports import UndeliveredError
from tests.store.mail import servers
from tests.store.mail.servers import DIES, HANGS, HOST, PASSWORD, STEPS, USER, hostile, post

SHORT = Patience(connect=0.3, answer=0.3, letter=2)


def letter(number: int = 1) -> EmailMessage:
    message = EmailMessage(policy.SMTP)
    message["From"], message["To"] = "usher@acme.com.ua", "maria@acme.com.ua"
    message["Message-ID"] = f"<{number}@usher>"
    message.set_content(".\nA dot by itself ends nothing.\n")
    return message


def given(transport: Smtp, number: int = 1) -> str:
    return transport.send(letter(number), "usher@acme.com.ua", "maria@acme.com.ua")


def refused(transport: Smtp) -> UndeliveredError:
    with pytest.raises(UndeliveredError) as error:
        given(transport)
    transport.close()
    return error.value


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> servers.Certificate:
    return servers.certificate(tmp_path_factory.mktemp("tls"))


def test_one_line_takes_letter_after_letter_and_gives_the_words() -> None:
    with post() as server:
        transport = Smtp(HOST, server.port, "none")
        assert given(transport) == "250 2.0.0 queued as 1"
        assert given(transport, 2) == "250 2.0.0 queued as 2"
        transport.close()
    assert [one.message["Message-ID"] for one in server.taken] == ["<1@usher>", "<2@usher>"]
    assert server.taken[0].recipients == ["maria@acme.com.ua"]
    assert server.taken[0].message.get_content() == ".\r\nA dot by itself ends nothing.\r\n"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_line_is_closed_to_others_and_whose_it_is_is_verified(
    tls: servers.Certificate, security: str
) -> None:
    options = {"ssl_context": tls.server} if security == "tls" else {"tls_context": tls.server}
    with post(**options) as server:
        trusting = Smtp(HOST, server.port, security, context=tls.client)
        given(trusting)
        trusting.close()
        error = refused(Smtp(HOST, server.port, security))
    assert "certificate" in error.words
    assert (error.final, error.at_fault, len(server.taken)) == (False, True, 1)


def test_without_starttls_nothing_is_said_in_the_open() -> None:
    with post() as server:
        error = refused(Smtp(HOST, server.port, "starttls"))
    assert "STARTTLS" in error.words.upper()
    assert error.at_fault and not server.taken


def test_one_signs_in_and_a_wrong_password_is_no_fault_of_a_letter(
    tls: servers.Certificate,
) -> None:
    with post(tls_context=tls.server, signing_in=True) as server:
        known = Smtp(HOST, server.port, "starttls", USER, lambda: PASSWORD, context=tls.client)
        given(known)
        known.close()
        wrong = Smtp(HOST, server.port, "starttls", USER, lambda: "wrong", context=tls.client)
        error = refused(wrong)
        assert "535" in error.words and (error.final, error.at_fault) == (False, True)
        nobody = refused(Smtp(HOST, server.port, "starttls", context=tls.client))
        assert "530" in nobody.words and (nobody.final, nobody.at_fault) == (False, True)
    assert len(server.taken) == 1


def test_a_password_never_goes_over_an_open_line() -> None:
    with post() as server:
        error = refused(Smtp(HOST, server.port, "none", USER, lambda: PASSWORD))
    assert "mail.smtp_security" in error.words and error.at_fault


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("answer", "final", "at_fault"),
    [
        ("421 4.3.2 going down", False, True),
        ("451 4.7.1 come back later", False, False),
        ("550 5.1.1 no such user", True, False),
    ],
)
def test_a_refusal_of_a_letter_is_final_with_5_and_every_other_one_is_not(
    step: str, answer: str, final: bool, at_fault: bool
) -> None:
    """What is said before a letter is named is about the line."""
    with hostile({step: answer, "helo": answer}) as server:
        error = refused(Smtp(HOST, server.port, "none", patience=SHORT))
    assert answer in error.words
    before = step in {"connect", "ehlo"}
    assert (error.final, error.at_fault) == (final and not before, at_fault or before)


@pytest.mark.parametrize("fault", [DIES, HANGS])
@pytest.mark.parametrize("step", STEPS)
def test_who_dies_or_hangs_at_any_step_has_perhaps_not_taken_it(step: str, fault: str) -> None:
    """Another try follows; only behind the final dot there is a letter already (J64)."""
    with hostile({step: fault}) as server:
        error = refused(Smtp(HOST, server.port, "none", patience=SHORT))
    assert (error.final, error.at_fault) == (False, True)
    assert len(server.taken) == (1 if step == "dot" else 0)


def test_who_says_a_letter_now_and_then_is_not_listened_to_for_ever() -> None:
    """Each sign is in time, the whole is not."""
    with hostile({"rcpt": HANGS}) as server:
        patience = Patience(connect=1, answer=100, letter=0.3)
        error = refused(Smtp(HOST, server.port, "none", patience=patience))
    assert "hung up" in error.words


def test_a_server_that_closed_the_line_meanwhile_gets_a_new_one() -> None:
    with hostile({}) as server:
        transport = Smtp(HOST, server.port, "none", patience=SHORT)
        given(transport)
        server.faults = {"mail": "421 4.4.2 idle for too long"}
        # The new line is refused as well: but it was tried.
        refused(transport)
    assert (server.lines, len(server.taken)) == (2, 1)


def test_where_nobody_listens_it_says_so(tmp_path: Path) -> None:
    port = servers.free_port()
    assert f"{HOST}:{port}" in refused(Smtp(HOST, port, "none")).words
    assert "mail.smtp_host" in refused(Smtp("", port, "none")).words


def test_the_words_of_a_server_steer_no_terminal() -> None:
    with hostile({"rcpt": "550 \x1b]0;title\x07 \x9b31m no"}) as server:
        error = refused(Smtp(HOST, server.port, "none", patience=SHORT))
    assert error.words.isprintable() and "title" in error.words
