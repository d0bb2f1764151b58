"""Requests that are huge, odd or made to be slow: a clear no, and never a fault of ours."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse

from katalysator.cleaning import cleaned, plain_line, without_markup
from katalysator.core.money import Money
from katalysator.core.periods import parse_date
from katalysator.faults import InvalidInput
from katalysator.formulas import as_written, harmless
from katalysator.listings.models import Kind
from tests import builders
from tests.attack.steps import BACKEND

pytestmark = pytest.mark.django_db

API: Final = (
    "listings",
    "organisations",
    "search",
    "matrix",
    "listings/1",
    "organisations/x",
    "areas",
)
PAGES: Final = (
    "/en/listings/",
    "/en/organisations/",
    "/en/search/",
    "/en/listings/export.csv",
    "/en/gaps/",
    "/en/gaps/export.csv",
    "/en/",
)
WORDS: Final = {
    "megabytes": "x" * 1_000_000,
    "words": "zorg " * 40_000,
    "zalgo": "e" + "\u0301\u0316" * 30_000,
    "growth": "\U0001d160\ufdfa\u0344" * 20_000,
    "quotes": "\"'" * 20_000,
    "operators": "((a|b)&!" * 10_000,
    "like": "%_\\" * 10_000,
    "regex": "(a+)+$" * 50_000 + "a" * 1_000 + "!",
    "tags": "<b" * 20_000,
    "entities": "&lt;" * 20_000,
    "zeros": "\0" * 1_000,
    "surrogates": "\ud800" * 10,
    "blanks": " \n" * 30_000,
    "unicode blanks": "\u3000\u200b" * 20_000,
    "long word": "aan" * 30_000,
}
NUMBERS: Final = ("1000000000000", "-1", "0", "1e999", "9" * 5_000, "9" * 20, "NaN", "\u0663", "1.5", "", " 1", "0x10", "1_000")  # fmt: skip
PROBLEM: Final = "application/problem+json"


def is_refused_or_answered(response: Any) -> bool:
    return response.status_code in {200, 302, 400, 401, 403, 404, 405, 411, 413, 414, 415, 422}


@pytest.mark.parametrize("address", API)
@pytest.mark.parametrize("name", WORDS)
def test_words_of_any_size_and_kind(client: Client, address: str, name: str) -> None:
    response = client.get(f"/api/v1/{address}", {"q": _sendable(WORDS[name])})
    assert response.status_code in {200, 400, 404}, response.content[:300]
    if response.status_code != 200:
        assert response["Content-Type"] == PROBLEM
        assert len(response.content) < 1_000


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("name", WORDS)
def test_words_of_any_size_on_pages(client: Client, address: str, name: str) -> None:
    assert client.get(address, {"q": _sendable(WORDS[name])}).status_code == 200


def _sendable(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.faults(sample=13)
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", ["page", "pageSize", "page_size"])
def test_pages_of_any_number(client: Client, name: str, number: str) -> None:
    for address in ("listings", "organisations", "search"):
        response = client.get(f"/api/v1/{address}", {name: number, "q": "zorg"})
        assert response.status_code in {200, 400, 404}, response.content
        if response.status_code != 200:
            assert json.loads(response.content)["status"] == response.status_code
    for page in PAGES:
        assert client.get(page, {name: number}).status_code == 200


@pytest.mark.parametrize("number", ["0", "9" * 19, "9" * 400, "-1", "1.5", "%00", "\u0663"])
def test_records_of_any_number(client: Client, number: str) -> None:
    addresses = (
        f"/api/v1/listings/{number}",
        f"/api/v1/listings/{number}/matches",
        f"/en/listings/{number}/",
    )
    for address in addresses:
        assert client.get(address).status_code in {400, 404}


def test_thousands_of_parameters(client: Client) -> None:
    query = "&".join(f"a{n}=1" for n in range(20_000))
    again = "&".join(["q=zorg"] * 20_000)
    for address in (*(f"/api/v1/{each}" for each in API), *PAGES):
        for asked in (query, again, "&" * 100_000, "q" * 100_000, "=" * 10_000, "%" * 10_000):
            assert client.get(f"{address}?{asked}").status_code < 500, address


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 500_000,
        b"x" * 2_000_000,
        b"\xff\xfe" * 1_000,
        b"\0" * 1_000,
    ],
)
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])  # fmt: skip
def test_bodies_of_any_size_and_depth(client: Client, body: bytes, kind: str) -> None:
    for address in ("/api/v1/listings", "/api/v1/search", "/en/search/", reverse("account_login")):
        for send in (client.post, client.put, client.patch, partial(client.generic, "GET")):
            assert is_refused_or_answered(send(address, body, kind))


@pytest.mark.faults(sample=16)
@pytest.mark.parametrize("typed", ["1e40", "9" * 40, "9" * 5_000, "-1", "1e-400", "1e999999999", "NaN", "Infinity", "-0", "1_000", "\u0663", "0x1"])  # fmt: skip
@pytest.mark.parametrize("market", ["capital", "expertise"])
@pytest.mark.parametrize("kind", list(Kind))
def test_numbers_of_any_size_in_a_form(client: Client, typed: str, market: str, kind: Kind) -> None:
    _numbers_and_days(client, typed, market, kind)


@pytest.mark.faults(sample=6)
@pytest.mark.parametrize("typed", ["0000-01-01", "99999-01-01", "0001-01-01", "9999-12-31", "-1-01-01", "2026-02-30", "10000-01-01", "1e9-01-01", "2026-01-01T99:99"])  # fmt: skip
@pytest.mark.parametrize("kind", list(Kind))
def test_days_of_any_year_in_a_form(client: Client, typed: str, kind: Kind) -> None:
    _numbers_and_days(client, typed, "capital", kind)


def _numbers_and_days(client: Client, typed: str, market: str, kind: Kind) -> None:
    """Every field that is no text, one after another; what is kept can be shown and sought."""
    owner = builders.organisation()
    client.force_login(builders.person(owner), backend=BACKEND)
    good = builders.typed(owner, market) | {"anyway": "yes"}  # each looks like the one before
    address = reverse("listing-create", args=[kind, market])
    tickets = ("ticket_min", "ticket_max") if market == "capital" else ()
    for name in (
        "start",
        "end",
        "stands_until",
        "capacity",
        "min_capacity",
        *tickets,
        "seen",
        "organisation",
    ):
        response = client.post(address, {**good, name: typed, "publish": ""})
        assert response.status_code in {302, 422}, name
    for made in owner.listings.all():
        shown = (made.get_absolute_url(), f"/api/v1/listings/{made.pk}", f"/api/v1/listings/{made.pk}/matches", reverse("listing-edit", args=[made.pk]))  # fmt: skip
        for page in shown:
            assert client.get(page).status_code == 200
    assert client.get("/en/listings/export.csv").status_code == 200


SLOW: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "stacked": (cleaned, "\u0301\u0316"),
    "hebrew": (cleaned, "\u05b0\u0591\u05c1"),
    "growth": (cleaned, "\ufb2c\U0001d160"),
    "tags": (without_markup, "<b "),
    "quotes in tags": (without_markup, "<b '\""),
    "comments": (without_markup, "<!--"),
    "scripts": (without_markup, "<script><style>"),
    "ends of scripts": (without_markup, "<script></script  "),
    "entities": (without_markup, "&#&a"),
    "blanks": (plain_line, " \n\u2028"),
    "formulas": (harmless, "\n;'=\""),
    "apostrophes": (as_written, ";''\" "),
    "amounts": (Money.parse, "1.000 "),
    "days": (parse_date, "1-1"),
}


@pytest.mark.parametrize("name", SLOW)
def test_time_grows_no_faster_than_the_text(name: str) -> None:
    """By doubling, in the time of the processor: of a square each would take four times the last."""
    read, unit = SLOW[name]
    took = [
        _seconds(read, unit * (size // len(unit))) for size in (50_000, 100_000, 200_000, 400_000)
    ]
    grown = [after / max(before, 0.01) for before, after in pairwise(took)]
    assert took[-1] < 2.0 or min(grown) < 3.0, took


def _seconds(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    with suppress(InvalidInput):
        read(text)
    return time.process_time() - began
