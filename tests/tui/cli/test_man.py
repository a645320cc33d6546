"""The man page: of these very commands, and one that man can show."""

import shutil
import subprocess
from pathlib import Path

import click
import pytest

from tests.tui.cli.test_around import verbs
from tui.cli.man import page

PAGE = Path(__file__).parents[3] / "docs" / "usher.1"


def test_the_page_that_is_handed_out_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make man"


def test_it_holds_every_verb_with_all_that_is_its_own() -> None:
    text = page().replace("\\-", "-")
    for words, verb in verbs():
        section = text.split(f".SS usher {words} ")[1].split("\n.SS")[0]
        for option in verb.params:
            if isinstance(option, click.Option) and not option.hidden:
                assert option.opts[0] in section, words
        assert verb.example.splitlines()[0].replace("\\", "\\e") in section


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_has_nothing_to_say_against_it() -> None:
    words = ["groff", "-man", "-ww", "-k", "-Tutf8", "-P-cbou", str(PAGE)]
    shown = subprocess.run(words, capture_output=True, text=True, check=True)
    assert shown.stderr == ""
    assert "--search шев" in shown.stdout
    assert "usher completion [OPTIONS] bash|zsh|fish" in shown.stdout
