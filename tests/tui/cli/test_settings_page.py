"""The page of settings: of these very settings, each of them, and nothing that is not one."""

import re
from pathlib import Path

from store import settings
from tui.cli.settings_page import page

PAGE = Path(__file__).parents[3] / "docs" / "settings.md"


def test_the_page_that_is_handed_out_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make man"


def test_it_holds_every_setting_once() -> None:
    found = re.findall(r"^### (.+)$", page(), re.MULTILINE)
    assert sorted(found) == sorted(settings.names())
