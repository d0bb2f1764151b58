"""People who are logged in and post needs and offers, over HTTP, whatever happens meanwhile."""

import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from http.cookiejar import CookieJar
from itertools import count
from typing import Any
from urllib.parse import urlencode

from tests.faults.served import MEMBER, PASSWORD, House, wait_for

LOGIN = "/en/account/login/"
MOST = 20
"""Listings of each: enough to go on while something is killed."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """What an answer leads to is for the caller."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


class Browser:
    """Somebody's browser: keeps cookies, follows nothing."""

    def __init__(self, house: House) -> None:
        self._house, self._cookies = house, CookieJar()
        keeper = urllib.request.HTTPCookieProcessor(self._cookies)
        self._opener = urllib.request.build_opener(keeper, _Stay)

    def get(self, page: str) -> tuple[int, str]:
        """Status and text of a page."""
        return self._ask(page, None)[::2]

    def post(self, page: str, fields: dict[str, Any]) -> tuple[int, str, str]:
        """Status, where it leads to and text of the answer to a form."""
        token = next(each.value for each in self._cookies if each.name == "csrftoken")
        sent = {**fields, "csrfmiddlewaretoken": token}
        return self._ask(page, urlencode(sent, doseq=True).encode())

    def log_in(self, address: str = MEMBER) -> None:
        """Log in as somebody."""
        self.get(LOGIN)
        status, _, text = self.post(LOGIN, {"login": address, "password": PASSWORD})
        assert status == 302, text

    def _ask(self, page: str, data: bytes | None) -> tuple[int, str, str]:
        try:
            answer = self._opener.open(f"{self._house.address}{page}", data, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            leads = answer.headers.get("Location") or ""
            return answer.status or 0, leads, answer.read().decode()


class Poster:
    """A member who posts one listing after another, and remembers what was acknowledged."""

    def __init__(self, house: House, kind: str) -> None:
        self._browser, self._kind = Browser(house), kind
        self._organisation = house.ask("SELECT id FROM coalition_organisation")[0]
        self.acknowledged: list[int] = []
        self.refused: list[str] = []
        self._browser.log_in()

    def post(self, number: int) -> None:
        """Post a listing and publish it."""
        form = f"/en/listings/new/{self._kind}/capital/"
        try:
            status, leads, text = self._browser.post(form, self._said(number))
        except (OSError, HTTPException) as error:
            self.refused.append(repr(error))
            return
        if status == 302 and (found := re.search(r"/listings/([0-9]+)/", leads)):
            self.acknowledged.append(int(found[1]))
        else:
            self.refused.append(f"{status} {text}")

    def _said(self, number: int) -> dict[str, Any]:
        today = datetime.now(UTC).date()
        return {
            "organisation": self._organisation,
            "language": "nl",
            "title": f"Groeigeld {number % 7} voor beeldherkenning",
            "text": "Groeigeld voor een bedrijf dat longscans sneller laat beoordelen.",
            "areas": ["zorg"],
            "regions": ["NL31"],
            "start": str(today),
            "end": str(today + timedelta(days=300)),
            "ticket_min": "1000",
            "ticket_max": "2000",
            "stage": ["seed"],
            "instrument": ["loan"],
            "capacity": "1",
            "min_capacity": "1",
            "visibility": "everyone",
            "publish": "",
            "anyway": "yes",  # one listing after another says the same
        }


@contextmanager
def posting(house: House) -> Iterator[list[Poster]]:
    """Two people post while the block lasts, each twenty times at most; it begins when something was acknowledged."""
    posters = [Poster(house, kind) for kind in ("need", "offer")]
    over, numbers = threading.Event(), count()

    def go_on(poster: Poster) -> None:
        while not over.is_set() and len(poster.acknowledged) < MOST:
            poster.post(next(numbers))
            time.sleep(0.3)

    threads = [threading.Thread(target=go_on, args=(each,)) for each in posters]
    for thread in threads:
        thread.start()
    try:
        wait_for(lambda: all(each.acknowledged for each in posters))
        yield posters
    finally:
        over.set()
        for thread in threads:
            thread.join()
