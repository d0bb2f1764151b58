"""Who reads what: visits of all kinds of pages, half of them by people who are logged in, and who writes meanwhile."""

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Self

import numpy as np
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db import close_old_connections
from django.test import Client

from bench.phrases import SUBJECTS
from bench.site.filling import SEED
from bench.site.web import Web
from katalysator.coalition.models import Hub, Membership, Organisation, Person
from katalysator.core import kept
from katalysator.core.actors import System
from katalysator.listings import verbs
from katalysator.listings.models import Listing

_VISITS: Final = 2_000
_MEMBERS: Final = 25
_BENCH: Final = System("bench", frozenset({"listings.edit_listing"}))
_TOKEN: Final = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """An address, and the cookie of who asks for it; empty for a visitor."""

    address: str
    cookie: str


def visits_by_kind() -> dict[str, Sequence[Visit]]:
    """Visits of each kind of page, drawn by lot: half by visitors, half by members of participants."""
    random = np.random.default_rng(SEED + 5)
    cookies = [_cookie(person) for person in _members()]
    pages = {"matrix": _matrices(), "board": _boards(random), "listing": _listings()}
    return {
        name: [
            Visit(str(address), str(random.choice(cookies)) if random.random() < 0.5 else "")
            for address in random.choice(addresses, _VISITS)
        ]
        for name, addresses in pages.items()
    }


def _matrices() -> list[str]:
    """The whole country as often as all regions and hubs together."""
    regions = [f"?region=NL{number}{other}" for number in (1, 2, 3) for other in (1, 2, 3)]
    hubs = [f"?hub={slug}" for slug in Hub.objects.values_list("slug", flat=True)]
    parts = [*regions, *hubs]
    return _in_both_languages([*[""] * len(parts), *parts])


def _boards(random: np.random.Generator) -> list[str]:
    """The first page as often as later ones and those of an area and a block together."""
    areas = [f"?area={area}" for area in SUBJECTS]
    blocks = [f"?block={block}&kind=need" for block in ("talent", "research", "data")]
    later = [f"?page={number}" for number in random.integers(2, 12, 6)]
    parts = [*areas, *blocks, *later]
    return _in_both_languages([f"listings/{each}" for each in [*[""] * len(parts), *parts]])


def _listings() -> list[str]:
    shown = Listing.objects.visible_to(AnonymousUser()).open().order_by("pk")
    return _in_both_languages([f"listings/{pk}/" for pk in shown.values_list("pk", flat=True)])


def _in_both_languages(pages: Sequence[str]) -> list[str]:
    return [f"/{language}/{page}" for language in ("nl", "en") for page in pages]


def _members() -> Iterator[Person]:
    for number, owner in enumerate(Organisation.objects.participants().order_by("pk")[:_MEMBERS]):
        address = f"reader-{number}@voorbeeld.example"
        person = Person.objects.filter(email=address).first()
        if person is None:
            person = Person.objects.create_user(address, "a long password of the bench")
            Membership.objects.create(person=person, organisation=owner)
        yield person


def _cookie(person: Person) -> str:
    """Log a person in, as the log-in page would."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Writer(threading.Thread):
    """Settles or reopens a listing every second, until it is left; who holds `paused` keeps it from that."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.paused, self._left = threading.Lock(), threading.Event()
        self._random = np.random.default_rng(SEED + 6)
        shown = Listing.objects.open().order_by("pk").values_list("pk", flat=True)
        self._listings = list(shown)
        self._settled: list[int] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._left.set()
        self.join()

    def run(self) -> None:
        """Write, and in the end leave all as it was."""
        while not self._left.wait(1):
            with self.paused:
                self._write()
        for pk in self._settled:
            verbs.move(Listing.objects.get(pk=pk), "reopen", by=_BENCH)
        close_old_connections()

    def _write(self) -> None:
        if self._settled:
            verbs.move(Listing.objects.get(pk=self._settled.pop()), "reopen", by=_BENCH)
            return
        pk = int(self._random.choice(self._listings))
        verbs.move(Listing.objects.get(pk=pk), "settle", by=_BENCH)
        self._settled.append(pk)


def difference(web: Web, visit: Visit) -> list[str]:
    """A sentence where the page that a reader gets is not the one that is rendered with nothing kept."""
    [connection] = web.connect(1)
    headers = {"Host": "127.0.0.1", **({"Cookie": visit.cookie} if visit.cookie else {})}
    connection.request("GET", visit.address, headers=headers)
    answer = connection.getresponse()
    got = answer.read()
    connection.close()
    with kept.anew():
        anew = Client().get(visit.address, headers=headers)
    same = _TOKEN.sub(b"", got) == _TOKEN.sub(b"", anew.content)
    if same and answer.status == anew.status_code == _OK:
        return []
    return [f"{visit.address} for {visit.cookie or 'a visitor'}: not what is rendered anew"]
