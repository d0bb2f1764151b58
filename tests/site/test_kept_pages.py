"""What a reader gets from what is kept is what would be rendered for that reader now, whatever was written."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from hypothesis import given, strategies as st

from katalysator.coalition.models import Area, Membership, Organisation, Person
from katalysator.core import kept
from katalysator.core.changes import states
from katalysator.core.packing import PackedPiece
from katalysator.core.pages import kept_page
from katalysator.core.personal import Hole
from katalysator.core.translated import Translated
from katalysator.engine.matching import GOOD
from katalysator.grades.models import Grade
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import sight, sight_of_open
from katalysator.listings.rules import possible
from katalysator.matches import rows
from katalysator.matches.allocation import allocate
from katalysator.matches.cards import MatchCard, match_card
from katalysator.matches.entries import enter
from katalysator.matches.models import Match
from katalysator.matches.search import rematch
from katalysator.search.indexing import make_findable
from tests import builders
from tests.examples import examples
from tests.matches.steps import FAR, NEED, OFFER

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
BACKEND = "katalysator.site.accounts.backend.PersonBackend"
READERS = ("visitor", "nobody", "asker", "giver", "bureau")
PAGES = (
    "",
    "?region=NL31&show=gaps",
    "listings/",
    "listings/?state=any",
    "listings/?state=draft&sort=title",
    "listings/subjects/",
    "organisations/",
    "organisations/asker/",
    "organisations/giver/",
    *(f"listing {number}" for number in range(4)),
)


@dataclass
class House:
    """A small coalition, and who reads."""

    asker: Organisation
    giver: Organisation
    people: dict[str, Person]
    listings: list[int] = field(default_factory=list)

    @classmethod
    def built(cls) -> "House":
        asker, giver = (
            builders.organisation(slug=slug, name=slug.title()) for slug in ("asker", "giver")
        )
        people = {
            "nobody": builders.person(),
            "asker": builders.person(asker),
            "giver": builders.person(giver),
            "bureau": builders.person(is_coordinator=True),
        }
        made = [
            builders.listing(asker, **NEED),
            builders.listing(giver, Kind.OFFER, **OFFER),
            builders.listing(giver, Kind.OFFER, visibility="participants", **FAR),
            builders.draft(asker, title="Nog niet af"),
        ]
        for each in made[:3]:
            rematch(each)
        allocate(made[0].market)
        return cls(asker, giver, people, [each.pk for each in made])

    def client(self, reader: str) -> Client:
        client = Client()
        if reader in self.people:
            client.force_login(self.people[reader], backend=BACKEND)
        return client


def edit(house: House, listing: Listing, number: int) -> None:
    said = {
        **NEED,
        "title": f"Titel {number}",
        "visibility": ["everyone", "participants"][number % 2],
    }
    verbs.edit(listing, by=builders.HOUSE, content=builders.content(listing.market, **said))


def move(house: House, listing: Listing, number: int) -> None:
    deeds = possible(listing, house.people["bureau"])
    if deeds:
        verbs.move(listing, deeds[number % len(deeds)].deed, by=builders.HOUSE)


def work(house: House, listing: Listing, number: int) -> None:
    rematch(listing)
    if number % 2:
        allocate(listing.market)


def post(house: House, listing: Listing, number: int) -> None:
    builders.listing([house.asker, house.giver][number % 2], Kind.OFFER, **OFFER)


def rename(house: House, listing: Listing, number: int) -> None:
    Organisation.objects.filter(pk=house.giver.pk).update(name=f"Gever {number}")


def rename_area(house: House, listing: Listing, number: int) -> None:
    area = Area.objects.get(slug="zorg")
    area.name = Translated(nl=f"Zorg {number}", en=f"Care {number}")
    area.save()


def leave(house: House, listing: Listing, number: int) -> None:
    Membership.objects.filter(organisation=house.giver).delete()


def join(house: House, listing: Listing, number: int) -> None:
    reader = house.people[["nobody", "giver"][number % 2]]
    Membership.objects.get_or_create(person=reader, organisation=house.giver)


def take_part(house: House, listing: Listing, number: int) -> None:
    Organisation.objects.filter(pk=house.asker.pk).update(is_participant=bool(number % 2))


WRITES: tuple[Callable[[House, Listing, int], None], ...] = (
    *(edit, move, work, post, rename, rename_area, leave, join, take_part),
)
READ = st.tuples(st.sampled_from(READERS), st.sampled_from(PAGES), st.sampled_from(["nl", "en"]))
WRITE = st.tuples(st.sampled_from(WRITES), st.integers(0, 3), st.integers(0, 5))


def body(house: House, reader: str, page: str, language: str) -> tuple[int, str]:
    address = page
    if page.startswith("listing "):
        address = f"listings/{house.listings[int(page[8:])]}/"
    answer = house.client(reader).get(f"/{language}/{address}")
    return answer.status_code, TOKEN.sub("", answer.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_one_language_after_another_is_not_mixed_up(page: str) -> None:
    house = House.built()
    assert Match.objects.good(GOOD).filter(seats__gt=0).exists()
    for language in ("nl", "en"):
        got = body(house, "asker", page, language)
        with kept.anew():
            assert got == body(house, "asker", page, language)


@given(st.lists(st.one_of(READ, READ, WRITE), min_size=5, max_size=15))
@examples(30)
def test_what_is_kept_is_what_would_be_rendered_now(steps: list[tuple[Any, ...]]) -> None:
    kept.forget()
    with transaction.atomic():
        house = House.built()
        for first, second, third in steps:
            if callable(first):
                listing = Listing.objects.filter(pk=house.listings[second]).first()
                if listing:
                    first(house, listing, third)
                continue
            got = body(house, first, second, third)
            with kept.anew():
                assert got == body(house, first, second, third)
        transaction.set_rollback(True)


@given(st.lists(WRITE, max_size=6))
@examples(30)
def test_who_is_said_to_see_the_same_sees_the_same(writes: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        house = House.built()
        for write, place, number in writes:
            listing = Listing.objects.filter(pk=house.listings[place]).first()
            if listing:
                write(house, listing, number)
        seen: dict[str, set[int]] = {}
        people = [*Person.objects.all(), builders.person(house.asker, house.giver)]
        for person in people:
            all_of_it = Listing.objects.visible_to(person)
            for name, listings in (
                (sight(person), all_of_it),
                (f"open {sight_of_open(person)}", all_of_it.open()),
            ):
                found = set(listings.values_list("pk", flat=True))
                assert seen.setdefault(name, found) == found
        transaction.set_rollback(True)


@pytest.fixture
def house() -> House:
    made = House.built()
    for pk in made.listings[:3]:
        rematch(Listing.objects.get(pk=pk))
    return made


class TestWhatIsOfOneReader:
    @pytest.mark.parametrize("page", PAGES)
    def test_nothing_of_it_is_kept(self, house: House, page: str) -> None:
        for reader in ("bureau", "asker", "giver"):
            body(house, reader, page, "en")
        texts = [piece.plain.decode() for piece in _kept_pieces()]
        assert texts
        for secret in ("@voorbeeld.example", "csrfmiddlewaretoken", "sessionid"):
            assert not any(secret in text for text in texts)
        own = _kept_own_parts()
        assert "csrfmiddlewaretoken" in own
        assert not re.search(r'@voorbeeld|sessionid|name="csrfmiddlewaretoken" value="[^"]', own)

    def test_buttons_are_those_of_who_asks(self, house: House) -> None:
        page = f"listings/{house.listings[0]}/"
        shown = {
            reader: house.client(reader).get(f"/en/{page}").content.decode()
            for reader in (*READERS, *reversed(READERS))
        }
        assert {reader for reader, text in shown.items() if f"/{page}edit/" in text} == {
            "asker",
            "bureau",
        }
        assert {reader for reader, text in shown.items() if "Is this match useful?" in text} == {
            "asker",
            "giver",
            "bureau",
        }

    def test_a_grade_shows_at_once_and_to_its_giver_alone(self, house: House) -> None:
        need, offer = house.listings[:2]
        asker, giver = house.client("asker"), house.client("giver")
        pages = [each.get(f"/en/listings/{need}/").content.decode() for each in (asker, giver)]
        assert not any("You said: useful." in page for page in pages)
        asker.post(f"/en/listings/{need}/matches/{offer}/grade/", {"say": "useful"})
        Grade.objects.get()
        pages = [each.get(f"/en/listings/{need}/").content.decode() for each in (asker, giver)]
        assert ["You said: useful." in page for page in pages] == [True, False]

    def test_a_message_is_told_once_and_to_nobody_else(self, house: House) -> None:
        asker, page = house.client("asker"), f"/en/listings/{house.listings[0]}/"
        asker.get(page)
        told = asker.post(f"/en/listings/{house.listings[0]}/settle/", follow=True)
        assert told.content.decode().count("utrecht-alert__message") == 1
        for client in (asker, house.client("giver"), house.client("visitor")):
            assert "utrecht-alert__message" not in client.get(page).content.decode()

    def test_a_form_outside_a_hole_is_refused(self, rf: RequestFactory) -> None:
        request = rf.get("/")
        request.user = builders.person()
        with pytest.raises(ValueError, match="belongs in a hole"):
            kept_page(
                request, "site/_account.html", _as_if_logged_in, sees="", now=states(), state=""
            )


def _as_if_logged_in(_request: HttpRequest) -> dict[str, Any]:
    return {"user": {"is_authenticated": True}}


def _kept_pieces() -> Iterator[Any]:
    found: list[Any] = list(kept._values.items())
    for (name, _key), (value, _size) in found:
        if name in {"page", "same page", "panel"}:
            page = value if name == "same page" else value[1]
            yield from (each.whole for each in page.items if not isinstance(each, Hole))


def _kept_own_parts() -> str:
    """What is kept of holes, without their slots."""
    found: list[Any] = list(kept._values.items())
    parts = [value for (name, _key), (value, _size) in found if name == "own part"]
    pieces = (each for part in parts for each in part if isinstance(each, PackedPiece))
    return "".join(each.plain.decode() for each in pieces)


class TestCompressed:
    def test_it_is_the_same_page(self, house: House) -> None:
        client = house.client("asker")
        plain = client.get("/en/")
        packed = client.get("/en/", headers={"accept-encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed["Vary"]
        texts = [gzip.decompress(packed.content), plain.content]
        assert len({TOKEN.sub("", each.decode()) for each in texts}) == 1
        assert len(packed.content) < len(plain.content) / 4

    def test_its_size_does_not_tell_what_it_holds(self, house: House) -> None:
        client = house.client("visitor")
        sizes = {
            len(client.get("/en/", headers={"accept-encoding": "gzip"}).content) for _ in range(20)
        }
        assert len(sizes) > 5


class TestLabour:
    def test_a_page_that_is_kept_takes_as_few_queries_as_there_can_be(
        self, house: House, django_assert_num_queries: Any
    ) -> None:
        """A visitor: what has changed. A member: the session too, with the person and the organisations.

        An organisation's page asks for its row as it is now, for what may be done with it; for the bureau also
        for its notes and labels.
        """
        for reader, count, more in (("visitor", 1, 1), ("bureau", 2, 3), ("asker", 2, 1)):
            client = house.client(reader)
            for page in ("", "listings/", "organisations/asker/"):
                client.get(f"/en/{page}")
                with django_assert_num_queries(count + more * page.startswith("org")):
                    client.get(f"/en/{page}")

    def test_another_write_makes_it_anew_only_where_it_shows(self, house: House) -> None:
        client, matches = house.client("visitor"), "matches/_matches.html"
        page = f"/en/listings/{house.listings[0]}/"
        client.get(page)  # nothing is at hand yet
        assert _is_rendered(client, page)
        for said in ({"market_slug": "pilot"}, NEED):
            builders.listing(house.asker, **said)
            assert not _is_rendered(client, page, matches)
        enter([builders.listing(house.giver, Kind.OFFER, **OFFER)])
        assert _is_rendered(client, page, matches)
        assert not _is_rendered(client, page)
        Listing.objects.filter(pk=house.listings[0]).update(title="Anders")
        assert _is_rendered(client, page)

    def test_a_page_that_is_made_anew_takes_the_place_of_the_one_before(self, house: House) -> None:
        client = house.client("visitor")
        for title in ("Eerst", "Daarna"):
            Listing.objects.filter(pk=house.listings[0]).update(title=title)
            for page in ("listings/", f"listings/{house.listings[0]}/"):
                assert title in client.get(f"/en/{page}").content.decode()
        names: list[Any] = [key[0] for key in list(kept._values)]  # type: ignore[index]
        assert names.count("page") == 2

    def test_the_first_knowledge_shows_at_once_beside_what_it_is_about(self, house: House) -> None:
        make_findable(Listing.objects.all())
        readers = [house.client("visitor"), house.client("asker")]
        page, said = f"/en/listings/{house.listings[0]}/", "What others learned about this"
        assert not any(said in each.get(page).content.decode() for each in readers)
        item = builders.item(house.giver, visibility="participants", **NEED)
        make_findable(KnowledgeItem.objects.all())
        shown = [said in each.get(page).content.decode() for each in readers]
        assert shown == [False, True]
        KnowledgeItem.objects.filter(pk=item.pk).update(visibility="everyone")
        assert said in readers[0].get(page).content.decode()

    def test_a_match_that_has_not_changed_is_taken_over(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client, page = house.client("visitor"), f"/en/listings/{house.listings[0]}/"
        made: list[int] = []

        def counted(rank: int, *given: Any, **asked: Any) -> MatchCard:
            made.append(rank)
            return match_card(rank, *given, **asked)

        monkeypatch.setattr(rows, "match_card", counted)
        client.get(page)
        client.get(page)  # now it is at hand
        made.clear()
        enter([builders.listing(house.giver, Kind.OFFER, **FAR)])
        assert FAR["title"] in client.get(page).content.decode()
        assert made == [2]

    def test_a_write_that_leaves_what_a_page_tells_as_it_was_renders_nothing(
        self, house: House
    ) -> None:
        client = house.client("visitor")
        elsewhere = ("/en/?region=NL11", "/en/listings/?area=agro&kind=need")
        for page in ("/en/", "/en/listings/", *elsewhere):
            assert _is_rendered(client, page)
        builders.listing(house.asker, regions=["NL42"], areas=["zorg"])
        for page in elsewhere:
            assert not _is_rendered(client, page)
        for page in ("/en/", "/en/listings/"):
            assert _is_rendered(client, page)


def _is_rendered(client: Client, page: str, template: str = "base.html") -> bool:
    return template in [each.name for each in client.get(page).templates]


def test_a_visitor_may_write_anything_into_the_address(client: Client) -> None:
    page = client.get("/en/listings/", {"q": "\0site/_account.html\0<b>"})
    assert page.status_code == 200
    assert isinstance(page, HttpResponse)
    assert "<b>" not in page.content.decode().split("<main")[1]


def test_parts_refuse_what_they_are_not_given() -> None:
    engine = engines["django"].from_string("{% load pages %}{% part 'listing.html' %}")
    with pytest.raises(Exception, match="'listing' is undefined"):
        engine.render({})
