"""Visits pages over HTTP as a browser does, and measures how long each takes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, RemoteDisconnected
from itertools import cycle
from time import perf_counter
from typing import Final

import numpy as np
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from bench.phrases import SUBJECTS
from bench.site.filling import SEED
from bench.site.life import session_of, who
from katalysator.activities.models import Activity
from katalysator.coalition.models import Organisation
from katalysator.core.actors import System
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings import verbs
from katalysator.listings.models import Listing
from katalysator.questions.models import Question

_HEADERS: Final = {"Accept-Language": "nl", "Host": "127.0.0.1"}
_CELL: Final = "<td"
_OK: Final = 200
_BENCH: Final = System("bench", frozenset({"listings.edit_listing"}))


_SAID: Final = {
    "rare words": ("longscans", "kademuren", "laadpalen", "lasnaden", "pilotage", "heat pumps"),
    "two words": (
        *("taalmodellen privacytoets", "predictive maintenance", "bus timetables"),
        *("data zorg", "health data", "model kademuren"),
    ),
    "common words": ("data", "AI", "zorg", "model", "health", "energy"),
    "names": ("voorbeeldorganisatie", "Voorbeeldorganisatie 12", "Lid 12"),
}
"""What is searched for, in both languages."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Addresses of one kind of page, the goal for the slowest but 5 % of them, in milliseconds.

    `before` is done before each visit, and is not measured; `session` is whose visits they are. Of `counted`, a piece of the page, the
    mean number is told: an empty page is no success.
    """

    name: str
    addresses: Sequence[str]
    goal: float | None = None
    before: Callable[[], None] | None = None
    counted: str = "<article"
    session: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one kind of page."""

    name: str
    visits: int
    median: float
    most: float
    longest: float
    goal: float | None
    things: float

    @property
    def is_met(self) -> bool:
        """Whether 95 % of the visits stayed below the goal."""
        return self.goal is None or self.most < self.goal


def visits(pages: int) -> list[Visit]:
    """All kinds of pages, each with some addresses; `pages` of listings."""
    random = np.random.default_rng(SEED + 4)
    shown = Listing.objects.visible_to(AnonymousUser()).order_by("pk")
    pks = list(shown.values_list("pk", flat=True))
    chosen = random.choice(pks, pages, replace=False).tolist()
    count, few = len(pks), max(20, pages // 5)
    change, areas = _changes(chosen[0]), list(SUBJECTS)
    deep = [f"page={number}" for number in random.integers(count // 50, count // 25, few)]
    words = ("longscans", "taalmodellen privacytoets", "predictive maintenance", "kademuren")
    return [
        Visit(
            "listing, its explained matches",
            [f"/nl/listings/{pk}/" for pk in chosen],
            goal=70,
            counted='class="match match--',
        ),
        Visit("matrix after a change", ["/nl/"] * few, 100, change, _CELL),
        Visit("matrix of a region after a change", _in_regions(few), 100, change, _CELL),
        Visit("matrix", ["/nl/"] * few, counted=_CELL),
        Visit("matrix of a region", _in_regions(few), counted=_CELL),
        Visit("browse, first page", ["/nl/listings/"] * few, goal=150),
        Visit("browse, deep page", _browsed(deep), goal=150),
        Visit(
            "browse, area and block",
            _browsed([f"area={areas[n % len(areas)]}&block=research" for n in range(few)]),
            goal=150,
        ),
        Visit(
            "browse, words", _browsed([f"q={_quoted(words[n % 4])}" for n in range(few)]), goal=150
        ),
        *(Visit(f"search, {name}", _searched(said, few), goal=150) for name, said in _SAID.items()),
        Visit("browse, region", _browsed([f"region=NL{n % 4 + 1}1" for n in range(few)]), goal=150),
        Visit("browse, gaps first", _browsed(["sort=gaps&kind=need"] * few), goal=150),
        Visit("browse, ending first", _browsed(["sort=ending"] * few), goal=150),
        Visit("organisations", ["/nl/organisations/"] * few, goal=150, counted="<h3"),
        Visit("organisation", _organisations(random, few), goal=150),
        *_of_life(random, few),
    ]


def _of_life(random: np.random.Generator, few: int) -> Iterator[Visit]:
    """Where people meet, share and ask, and what one sees who is logged in."""
    areas = list(SUBJECTS)
    in_areas = [f"area={areas[n % len(areas)]}" for n in range(few)]
    corners = [f"/nl/areas/{areas[n % len(areas)]}/talent/" for n in range(few)]
    for name, path, counted in (
        ("activities", "activities", "<h3"),
        ("knowledge", "knowledge", "<h3"),
        ("questions", "questions", "<li"),
        ("working groups", "groups", "<h3"),
    ):
        yield Visit(name, [f"/nl/{path}/"] * few, 150, counted=counted)
        yield Visit(f"{name}, by area", [f"/nl/{path}/?{each}" for each in in_areas], 150)
        yield Visit(f"{name}, page 3", [f"/nl/{path}/?page=3"] * few, 150)
    for name, path, model in (
        ("activity", "activities", Activity),
        ("item of knowledge", "knowledge", KnowledgeItem),
        ("question", "questions", Question),
    ):
        pks = random.choice(list(model.objects.values_list("pk", flat=True)), few).tolist()
        yield Visit(name, [f"/nl/{path}/{pk}/" for pk in pks], 150, counted="<h1")
    yield Visit("cell", corners, 150, counted="<h2")
    yield Visit("organisations, page 40", ["/nl/organisations/?page=40"] * few, 150, counted="<h3")
    coordinator, manager, member = map(session_of, who())
    for name, session, paths in (
        ("mine, of a member", member, ["account/"]),
        ("mine, of a manager", manager, ["account/"]),
        ("needs and offers, of a member", member, ["listings/"]),
        ("activities, of a member", member, ["activities/"]),
        ("bureau: what waits", coordinator, ["bureau/"]),
        ("bureau: the week", coordinator, ["bureau/week/"]),
        ("bureau: organisations", coordinator, ["bureau/participants/"]),
        (
            "bureau: not confirmed",
            coordinator,
            ["bureau/participants/?fresh=no&order=oldest&page=9"],
        ),
    ):
        addresses = [f"/nl/{path}" for path in paths] * few
        yield Visit(name, addresses, 150, counted="<h1", session=session)


def _browsed(queries: Sequence[str]) -> list[str]:
    return [f"/nl/listings/?{query}" for query in queries]


def _searched(words: Sequence[str], count: int) -> list[str]:
    """Each by an address of its own, so that no page is kept from before."""
    asked = [_quoted(words[number % len(words)]) for number in range(count)]
    return [f"/nl/search/?q={words}&visit={number}" for number, words in enumerate(asked)]


def _in_regions(count: int) -> list[str]:
    return [f"/nl/?region=NL{number % 4 + 1}1" for number in range(count)]


def _quoted(words: str) -> str:
    return words.replace(" ", "+")


def _organisations(random: np.random.Generator, count: int) -> list[str]:
    slugs = list(Organisation.objects.order_by("pk").values_list("slug", flat=True))
    return [f"/nl/organisations/{slug}/" for slug in random.choice(slugs, count)]


def _changes(pk: int) -> Callable[[], None]:
    """A deed that changes what the matrix counts: one listing is settled, and opened again."""
    turns = _turns()

    def change() -> None:
        verbs.move(Listing.objects.get(pk=pk), next(turns), by=_BENCH)

    return change


def _turns() -> Iterator[str]:
    while True:
        yield from ("settle", "reopen")


def measure(connections: Sequence[HTTPConnection], visit: Visit) -> Times:
    """Make the visits one after another over all connections, after one that is not counted."""
    for connection in connections:
        _get(connection, visit.addresses[-1], visit.session)
    times, things = [], []
    for address, connection in zip(visit.addresses, cycle(connections), strict=False):
        if visit.before:
            visit.before()
        begin = perf_counter()
        page = _get(connection, address, visit.session)
        times.append(1_000 * (perf_counter() - begin))
        things.append(page.count(visit.counted))
    median, most = np.percentile(times, [50, 95]).tolist()
    longest, mean = max(times), float(np.mean(things))
    return Times(visit.name, len(times), median, most, longest, visit.goal, mean)


def _get(connection: HTTPConnection, address: str, session: str = "") -> str:
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}
    try:
        connection.request("GET", address, headers=_HEADERS | cookie)
        answer = connection.getresponse()
    except RemoteDisconnected:  # it was idle for longer than the server waits
        connection.close()
        return _get(connection, address, session)
    page = answer.read().decode()
    if answer.status != _OK:
        raise SystemExit(f"{address}: status {answer.status}")
    return page
