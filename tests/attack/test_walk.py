"""Who may come where: every address of the house, walked by everybody, to read and to do.

Expected is a status for a stranger, a member of another organisation, a member of the owner, and the
coordinator; who manages the owner's organisation may what its members may, and who was shut out is a
stranger. What is expected stands by room in `walked`. An address that is in none of its tables fails the
test: nothing is open by accident.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from katalysator.listings.models import Listing
from katalysator.listings.workflow import LISTING
from katalysator.site import urls
from katalysator.site.answering import is_download
from katalysator.site.api import api
from katalysator.site.views import home
from tests import builders
from tests.attack.by_room import joined
from tests.attack.statuses import EVERYONE, GONE, LED, NO, NONE, ONLY_READ, UNFIT, Statuses
from tests.attack.steps import text_of
from tests.attack.tables import (
    BETWEEN,
    DOING,
    FILLED,
    MANAGERS,
    OF_ANYBODY,
    READ_BY_MANAGERS,
    READING,
    TELLS_OF_PEOPLE,
    WRITING,
)
from tests.attack.world import ALIKE, ROLES, SEEN, World, everything, make

pytestmark = pytest.mark.django_db

LISTINGS = "listings_listing"
STATES = {"public": "published", "inside": "published", "draft": "draft", "closed": "closed"}

INSIDERS = ("member", "manager", "coordinator")
UUIDS = ("sheet", "hook_sent", "bureauhook_sent")
"""What is in an address by a UUID; all else is there by its number or its name."""
BY_MAIL = ("/en/letters/stop/{stop}/",)
"""What mail programs do for who has a letter, without cookies (RFC 8058): the key in it says who asks."""
DOES_NOTHING = ("/en/talent/road/",)
"""A form that does nothing but show the next page, for which not even a cookie is set."""
ASKED = ("", "?q=longscans&state=any")
"""How an address is asked for, to see what it tells; the second narrows, which only lists do."""


@pytest.fixture(scope="module")
def world(lasting: Callable[[], AbstractContextManager[object]]) -> World:
    with lasting():
        return make()


def everybody(expected: Statuses) -> dict[str, int]:
    """The statuses of a row of a table, by role."""
    stated = dict(zip(ROLES, expected, strict=True))
    return stated | {role: stated[like] for role, like in ALIKE.items()}


def told_there(world: World, role: str, address: str) -> set[str]:
    """The addresses of people that a page is about, for who may know them: of an organisation, a group, or parties."""
    shown = TELLS_OF_PEOPLE.get(address, ()) if role in BETWEEN.get(address, INSIDERS) else ()
    return {world.people[each].email for each in shown}


def made_while_read(answer: Any) -> bool:
    """Whether a thread is busy with an answer for as long as somebody reads it: a file is handed over."""
    return bool(answer.streaming) and not hasattr(answer, "file_to_stream")


@pytest.mark.parametrize("role", SEEN)
def test_who_may_read_and_what_each_is_told(role: str, world: World) -> None:
    """All that is hidden from somebody is on no page, in no download and in no answer; the rest is."""
    client, told, statuses = world.client(role), set[str](), dict[str, int]()
    mine = world.people[role].email if role in world.people else ""
    for address in READING:
        for asked in ASKED:
            answer = client.get(address.format(**world.numbers) + asked)
            statuses.setdefault(address, answer.status_code)
            assert is_download(address) or not made_while_read(answer), address
            text = text_of(answer.getvalue())
            told |= set(re.findall(r"([a-z]+)geheim", text))
            people = {each.email for each in world.people.values() if each.email in text}
            assert people <= {mine} | told_there(world, role, address), (address, asked)
            if text.count('name="q"') < 2 and '"items"' not in text:
                break  # no list that could be narrowed: the box in the head stands everywhere
    assert told == SEEN[role]
    if role in (*ROLES, *ALIKE):
        stated = {address: everybody(may)[role] for address, may in READING.items()}
        assert statuses == stated | (READ_BY_MANAGERS if role == "manager" else {})


@pytest.mark.parametrize("address", DOING)
def test_who_may_do(address: str, world: World) -> None:
    stated = everybody(DOING[address])
    stated["manager"] = MANAGERS.get(address, stated["manager"])
    clients = {role: world.client(role) for role in stated}
    before = everything()
    for role, expected in stated.items():
        with transaction.atomic():
            answer = clients[role].post(address.format(**world.numbers), FILLED.get(address, {}))
            led = answer.headers.get("Location", "")
            if expected in (NO, GONE) or led.startswith("/en/account/login"):
                assert everything() == before, role
            transaction.set_rollback(True)
        assert answer.status_code == expected, role


def sent(said: dict[str, Any], world: World) -> tuple[bytes, str]:
    """What a program sends, with the numbers that are named in it; as a form where a file is in it."""
    if any(isinstance(each, SimpleUploadedFile) for each in said.values()):
        return encode_multipart(BOUNDARY, said), MULTIPART_CONTENT
    number = lambda found: str(world.numbers[found[1]])  # noqa: E731
    return re.sub(r'"{(\w+)}"', number, json.dumps(said)).encode(), "application/json"


@pytest.mark.parametrize("deed", WRITING)
def test_who_may_write_through_the_api(deed: str, world: World) -> None:
    method, address = deed.split(" ")
    expected, said = WRITING[deed]
    stated: dict[str, int | None] = {**dict(zip(ROLES, expected, strict=True)), "shut out": NONE}
    stated["of nobody"] = OF_ANYBODY.get(deed)
    body, content_type = sent(said, world)
    before = {**everything(), "tokens_token": ""}
    for role, status in stated.items():
        client = world.program(role) if role in world.people else Client()
        with transaction.atomic():
            answer = client.generic(
                method,
                f"/api/v1{address.format(**world.numbers)}",
                body,
                content_type=content_type,
                headers={"if-match": "*"},
            )
            if status in (NONE, NO, GONE, None):
                assert {**everything(), "tokens_token": ""} == before, role
            transaction.set_rollback(True)
        assert answer.status_code == status or (status is None and answer.status_code in (NO, GONE))


def test_every_address_that_writes_is_in_the_table() -> None:
    described = {
        f"{method.upper()} {re.sub('{[a-zA-Z]+}', '*', address)}"
        for address, methods in api.get_openapi_schema()["paths"].items()
        for method in methods.keys() - {"get"}
    }
    named = "{[a-z_]+}|(?<=organisations/)[a-z-]+|(?<=-groups/)[a-z]+|(?<=reviews/)[a-z-]+|hours"
    walked = {re.sub(named, "*", deed) for deed in WRITING}
    assert walked == described


@pytest.mark.faults(sample=80)
@pytest.mark.parametrize("address", DOING)
def test_a_deed_needs_a_post(address: str, world: World) -> None:
    clients = [world.client(role) for role in ("member", "coordinator")]
    before = everything()
    for client in clients:
        for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            client.generic(method, address.format(**world.numbers))
    assert everything() == before


@pytest.mark.faults(sample=80)
@pytest.mark.parametrize("address", [each for each in DOING if each not in BY_MAIL + DOES_NOTHING])
def test_a_form_of_another_site_does_nothing(address: str, world: World) -> None:
    roles = ("stranger", "member", "coordinator")
    clients = {role: world.client(role, enforce_csrf_checks=True) for role in roles}
    before = everything()
    for role, client in clients.items():
        answer = client.post(address.format(**world.numbers), FILLED.get(address, {}))
        assert answer.status_code == NO, role
    assert everything() == before


@pytest.mark.faults(sample=80)
@pytest.mark.parametrize("address", [each for each in READING if each not in DOING])
def test_what_is_only_read_takes_nothing(address: str, world: World) -> None:
    """An address that takes a form stands in the table of deeds."""
    client, before = world.client("coordinator"), everything()
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(address.format(**world.numbers))
        assert answer.status_code in (ONLY_READ, GONE, NONE), method
    assert everything() == before


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("role", [*ROLES, "of the directory"])
def test_a_page_offers_to_change_it_to_those_who_may_only(
    name: str, role: str, world: World
) -> None:
    page = f"/en/listings/{world.numbers[name]}/"
    answer = world.client(role).get(page)
    steps = set(re.findall(rf'"{page}(\w+)/"', answer.content.decode()))
    if role in ("member", "coordinator"):
        deeds = {step.deed for step in LISTING.transitions_from(STATES[name])}
        assert steps == {"edit", *deeds} - {"expire"} | ({"delete"} if name == "draft" else set())
    else:
        may_ask = role == "other" and STATES[name] == "published"
        assert steps == ({"introduce"} if may_ask else set())


@pytest.mark.parametrize("role", ["of nobody", "of the directory"])
def test_who_speaks_for_no_participant_reads_as_a_stranger_and_posts_nothing(
    world: World, role: str
) -> None:
    client, before = world.client(role), everything()
    for name in ("inside", "draft", "closed", "partner"):
        for address in ("/en/listings/{}/", "/en/listings/{}/edit/", "/api/v1/listings/{}"):
            assert client.get(address.format(world.numbers[name])).status_code == GONE
    assert client.get("/en/listings/new/").status_code == NO
    for address in (
        "/en/listings/new/need/teaching/",
        f"/en/listings/{world.numbers['public']}/close/",
    ):
        assert client.post(address, {"title": "x"}).status_code == NO
    assert everything() == before


def test_nobody_posts_in_the_name_of_another(world: World) -> None:
    owner, before = world.listings["public"].organisation, Listing.objects.count()
    form = builders.typed(owner) | {"anyway": "yes"}  # it looks like one that is there
    answer = world.client("other").post("/en/listings/new/need/expertise/", form)
    assert (answer.status_code, Listing.objects.count()) == (UNFIT, before)
    answer = world.client("member").post("/en/listings/new/need/expertise/", form)
    assert (answer.status_code, Listing.objects.count()) == (LED, before + 1)
    assert Listing.objects.latest("pk").organisation == owner


def test_what_is_in_ones_own_name_is_of_no_colleague(world: World) -> None:
    """Not of who manages the organisation, nor through the API, nor with a form or a deed that is right."""
    before, draft, inside = (
        everything()[LISTINGS],
        world.numbers["owndraft"],
        world.numbers["owninside"],
    )
    for role in ("manager", "other", "of nobody", "stranger"):
        client, program = world.client(role), world.program(role) if role != "stranger" else None
        assert client.get(f"/en/listings/{draft}/").status_code == GONE
        assert client.get(f"/api/v1/listings/{draft}").status_code == GONE
        for number, page in ((draft, "delete"), (inside, "close"), (draft, "publish")):
            assert client.post(f"/en/listings/{number}/{page}/").status_code in (LED, NO, GONE)
        form = builders.typed(title="Gekaapt") | {"seen": "999999999"}
        for number in (draft, inside):
            answer = client.post(f"/en/listings/{number}/edit/", form)
            assert answer.status_code in (LED, NO, GONE)
            if program is not None:
                address, seen = f"/api/v1/listings/{number}", {"if-match": "*"}
                said = program.patch(address, '{"title": "x"}', "application/json", headers=seen)
                assert said.status_code in (NO, GONE)
                assert program.delete(f"/api/v1/listings/{number}").status_code in (NO, GONE)
    assert everything()[LISTINGS] == before


def test_nobody_changes_what_is_of_another_with_a_form_that_is_right(world: World) -> None:
    client, before = world.client("other"), everything()
    for name in ("public", "inside", "draft", "closed"):
        form = builders.typed(title="Gekaapt") | {"seen": "999999999"}
        answer = client.post(f"/en/listings/{world.numbers[name]}/edit/", form)
        assert answer.status_code in (NO, GONE)
    assert everything() == before


def _routes(patterns: Sequence[URLPattern | URLResolver], under: str = "") -> set[str]:
    """Every address as it is written in the code."""
    found: set[str] = set()
    for each in patterns:
        route = under + str(each.pattern).removeprefix("^")
        found |= {route} if isinstance(each, URLPattern) else _routes(each.url_patterns, route)
    return found


def _not_in_the_tables(patterns: Sequence[URLPattern | URLResolver]) -> set[str]:
    resolve = get_resolver().resolve
    written = [f"/api/v1{deed.split()[1]}" for deed in WRITING]
    walked = {resolve(_example(address)).route for address in (*READING, *DOING, *written)}
    return _routes(patterns) - walked


def _example(address: str) -> str:
    """One that goes by the same route: with a number, which is a word too, for each name in it."""
    return address.format_map(defaultdict(lambda: "1", dict.fromkeys(UUIDS, str(UUID(int=0)))))


def test_an_address_that_stands_in_the_tables_of_two_rooms_is_found() -> None:
    assert joined([{"/a/": EVERYONE}, {"/b/": EVERYONE}]).keys() == {"/a/", "/b/"}
    with pytest.raises(AssertionError, match="/a/"):
        joined([{"/a/": EVERYONE}, {"/a/": EVERYONE}])


def test_every_address_is_in_the_tables() -> None:
    assert _not_in_the_tables(urls.urlpatterns) == set()


@pytest.mark.parametrize(
    "address",
    ["open/", "account/open/", "api/v1/open/", "listings/account/open/", "listings/<slug:slug>/"],
)
def test_an_address_that_is_open_by_accident_is_found(address: str) -> None:
    planted = path(address, home, name="home")
    assert _not_in_the_tables([*urls.urlpatterns, planted]) == {address}
    inside = i18n_patterns(path("", include([planted])))
    assert _not_in_the_tables([*urls.urlpatterns, *inside]) == {f"en/{address}"}
