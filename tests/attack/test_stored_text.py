"""Texts that people typed stand on every page, in every answer and in mail, and never become more than text."""

import json
from html.parser import HTMLParser
from itertools import cycle, product
from typing import Any, TypeAlias

import pytest
from django.core import mail
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.attack.hostile_texts import MARK, TEXTS, World, world
from tests.attack.steps import BACKEND, text_of

pytestmark = pytest.mark.django_db

NAMES_A_FILE = "Content-Disposition"  # in quotes, or by per cents (RFC 6266)
_TURNS = 10
_ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "srcset", "data", "poster"}
_PLAIN_TYPES = (
    "application/json",
    "application/rdf+xml",
    "text/turtle",
    "application/ld+json",
    "application/did+json",
    "application/problem+json",
    "application/feed+json",
    "application/atom+xml",  # what stands in it as mark-up is looked at in `test_feeds.py`
    "text/csv",
    "text/calendar",
    "text/css",
    "text/plain",
    "application/zip",
)
_LEAD_ON = ("?q=", "/searches/")  # to an address with the words that its reader typed
_OF_LINES = {"p", "br"}  # a text of several lines has them where one of a single line has none


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, and where a text runs."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[tuple[str, str]] = set()
        self.runs: list[str] = []
        self.texts: list[str] = []
        self._open = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = "data" if _is_data(tag, dict(attrs)) else tag
        self.elements |= {(tag, ""), *((tag, name) for name, _value in attrs)}
        for name, value in attrs:
            given = (value or "").strip().lower()
            if MARK in given and (
                name.startswith("on")
                or name == "style"
                or (name in _ADDRESSES and given.startswith(("javascript:", "data:", "//")))
            ):
                self.runs.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._open == "data":
            assert not set("<>&") & set(data), "a data block holds no sign that could end it"
            json.loads(data)
        if self._open in {"script", "style"} and MARK in data:
            self.runs.append(f"{self._open}: {data}")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.runs.append(f"comment: {data}")


def _is_data(tag: str, attributes: dict[str, str | None]) -> bool:
    """A block of data, which no browser runs."""
    return tag == "script" and attributes.get("type") == "application/ld+json"


def content(response: HttpResponseBase) -> str:
    return text_of(response.getvalue())


@pytest.fixture
def coalition() -> World:
    return world()


Visit: TypeAlias = tuple[str, str]
"""Who looks, and at which address."""


def visits(coalition: World, *, whole: bool) -> list[Visit]:
    """The bureau at every address, and at each one of the others, by turns; all of them where the `whole` is asked for."""
    others = [who for who in coalition.clients if who != "bureau"]
    by_turns = zip(cycle(others), coalition.pages)
    return [
        *(("bureau", address) for address in coalition.pages),
        *(product(others, coalition.pages) if whole else by_turns),
    ]


def answered(coalition: World, who: str, address: str) -> Any:
    response: Any = coalition.clients[who].get(address)
    assert response.status_code < 500, (who, address)
    if response.streaming:  # a file that is given out stays open till it is read
        response.streaming_content = [b"".join(response.streaming_content)]
    return response


def test_no_text_becomes_an_element_an_attribute_or_a_header(
    coalition: World, request: pytest.FixtureRequest
) -> None:
    """Each page has the elements that it has with plain words, whatever is typed in their place.

    Each page is seen with one text by the bureau and by somebody else, and by turns with the others by the bureau.
    """
    coalition.fill(f"Een gewone {MARK}")
    all_visits = visits(coalition, whole=request.config.getoption("--faults"))
    plain, seen = {visit: elements_of(answered(coalition, *visit)) for visit in all_visits}, 0
    of_bureau = all_visits[: len(coalition.pages)]
    for place, text in enumerate(TEXTS):
        coalition.fill(text)
        for who, address in of_bureau[place % _TURNS :: _TURNS] if place else all_visits:
            response = answered(coalition, who, address)
            said = content(response)
            seen += MARK in said
            told = {name: value for name, value in response.items() if name != NAMES_A_FILE}
            assert MARK not in str(told).lower() or any(each in address for each in _LEAD_ON)
            assert not response.cookies.get(MARK)
            if response["Content-Type"].startswith("text/html"):
                shape = Shape(said)
                more = shape.elements - plain[who, address]
                more = {each for each in more if each[0] not in _OF_LINES}
                assert (more, shape.runs) == (set(), []), (who, address, text)
                assert "14" not in map(str.strip, shape.texts), (who, address)  # 7|add:7
            else:
                assert response["Content-Type"].startswith(_PLAIN_TYPES)
                assert response["X-Content-Type-Options"] == "nosniff"
            assert (
                address.endswith(".csv") == response["Content-Type"].startswith("text/csv")
                or response.status_code != 200
            )
    assert seen > 15 * len(TEXTS)  # they do stand there


def elements_of(response: Any) -> set[tuple[str, str]]:
    """The elements of a page; none of what is no page."""
    is_page = response["Content-Type"].startswith("text/html")
    return Shape(content(response)).elements if is_page else set()


@pytest.mark.faults(sample=4)
@pytest.mark.parametrize("text", TEXTS)
def test_the_api_gives_a_text_as_it_is_kept(coalition: World, text: str) -> None:
    coalition.fill(text)
    listings = json.loads(content(coalition.clients["member"].get("/api/v1/listings")))
    assert {each["title"] for each in listings["items"]} == {text}
    assert {each["organisation"]["name"] for each in listings["items"]} == {text}


@pytest.mark.faults(sample=4)
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_typed_wrong_comes_back_as_text(coalition: World, text: str) -> None:
    """Forms that are shown again, with what was typed and what is said of it."""
    member, bureau = coalition.clients["member"], coalition.clients["bureau"]
    forms = [
        (member, reverse("listing-create", args=["need", "expertise"]), ["title", "text", "skills", "areas", "language", "organisation", "start", "capacity", "seen"]),
        (bureau, reverse("concept-add"), ["nl", "en", "broader"]),
        (bureau, reverse("grading-start"), ["market"]),
        (member, reverse("account_login"), ["login", "password"]),
        (Client(), reverse("account_login"), ["login", "password"]),
        (Client(), reverse("account_reset_password"), ["email"]),
    ]  # fmt: skip
    for client, address, names in forms:
        plain = Shape(content(client.post(address, dict.fromkeys(names, f"Gewoon {MARK}"))))
        typed = Shape(content(client.post(address, dict.fromkeys(names, text))))
        new = {
            each
            for each in typed.elements - plain.elements
            if each[0] in {"script", "img", "svg", "a", "b"} and each[1]
        }
        assert (new, typed.runs) == (set(), []), address
    for address in ("/en/search/", "/en/listings/", "/en/organisations/"):
        shape = Shape(
            content(member.get(address, {"q": text, "kind": text, "page": text, "sort": text}))
        )
        assert shape.runs == []
        assert not {each for each in shape.elements if each[1].startswith("on") or each[1] == MARK}


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "%0d%0a", "\u2028"])
def test_no_line_break_gets_into_the_head_of_a_mail(sign: str) -> None:
    person = builders.person(
        builders.organisation(name=f"Voorbeeld{sign}Bcc: {MARK}@voorbeeld.example")
    )
    client = Client()
    for typed in (person.email, f"{person.email}{sign}Bcc: {MARK}@voorbeeld.example"):
        client.post(reverse("account_reset_password"), {"email": typed})
    assert len(mail.outbox) <= 2
    for sent in mail.outbox:
        assert len(sent.recipients()) == 1
        assert MARK not in str(sent.message()).partition("\n\n")[0]


def test_a_form_keeps_nothing_that_could_run_or_turn_round(client: Client) -> None:
    owner = builders.organisation()
    client.force_login(builders.person(owner), backend=BACKEND)
    typed = builders.typed(owner, title="\u202e<b onclick=x()>Een\n\ntitel</b>\u2066")
    typed["skills"] = "<i>ai</i>, \u200b"
    response = client.post(reverse("listing-create", args=["need", "expertise"]), typed)
    assert response.status_code == 302
    (made,) = owner.listings.all()
    assert (made.title, made.skills) == ("Een titel", ["ai"])
