"""What tests in a real browser share: when they can run, and what is wrong with a page that it shows."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.served.conftest import CHROMIUM

IN_THE_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="there is no Chromium here (Debian: apt install chromium)"
    ),
]
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is right need not be described: most of axe's time
}


def wrong(page: Page) -> list[str]:
    """What axe finds on the page as it is now, with where."""
    found = Axe().run(page, options=_RULES)
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found.response["violations"]
    ]
