"""The board in a page of another site: where it was allowed and nowhere else, without script, and what anybody sees."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries as MaxQueries

from katalysator.boards.embedding.origins import read_origin
from katalysator.boards.embedding.verbs import MOST, allow_place, end_place
from katalysator.boards.models import EmbeddingPlace
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind
from tests import builders

pytestmark = pytest.mark.django_db

SITE = "https://www.voorbeeld.example"
BOARD = "/embed/board/"


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(slug="voorbeeld-eigenaar")


@pytest.fixture
def manager(owner: Organisation) -> Person:
    person = builders.person()
    Membership.objects.create(person=person, organisation=owner, role=Membership.Role.MANAGER)
    return person


def ancestors(client: Client, asked: str = "") -> str:
    answer = client.get(f"{BOARD}{asked}")
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    (said,) = re.findall("frame-ancestors ([^;]*)", policy)
    assert ("X-Frame-Options" in answer) == (said == "'none'")
    assert "script-src 'self'" in policy
    return str(said)


class TestWhere:
    def test_nowhere_until_it_is_allowed(self, client: Client, owner: Organisation) -> None:
        for asked in ("", f"?site={owner.slug}", "?site=nobody", f"?organisation={owner.slug}"):
            assert ancestors(client, asked) == "'none'"

    def test_only_there_and_only_for_that_organisation(
        self, client: Client, owner: Organisation
    ) -> None:
        allow_place(owner, by=builders.HOUSE, origin=SITE)
        other = builders.organisation()
        allow_place(other, by=builders.HOUSE, origin="https://elders.example")
        assert ancestors(client, f"?site={owner.slug}") == SITE
        assert ancestors(client, f"?organisation={owner.slug}&kind=need") == SITE
        assert (
            ancestors(client, f"?site={other.slug}&organisation={owner.slug}")
            == "https://elders.example"
        )
        assert ancestors(client) == "'none'"

    def test_every_other_page_stands_in_none(self, client: Client, owner: Organisation) -> None:
        allow_place(owner, by=builders.HOUSE, origin=SITE)
        for page in (
            "/en/",
            f"/en/listings/?site={owner.slug}",
            f"/en/organisations/{owner.slug}/",
        ):
            answer = client.get(page)
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
            assert answer["X-Frame-Options"] == "DENY"

    def test_who_takes_part_no_longer_has_no_place(
        self, client: Client, owner: Organisation
    ) -> None:
        allow_place(owner, by=builders.HOUSE, origin=SITE)
        Organisation.objects.filter(pk=owner.pk).update(state="left")
        assert ancestors(client, f"?site={owner.slug}") == "'none'"

    def test_what_is_taken_away_counts_no_more(self, client: Client, owner: Organisation) -> None:
        end_place(allow_place(owner, by=builders.HOUSE, origin=SITE), by=builders.HOUSE)
        assert ancestors(client, f"?site={owner.slug}") == "'none'"


class TestOrigins:
    @pytest.mark.parametrize(
        ("typed", "origin"),
        [
            ("www.voorbeeld.nl", "https://www.voorbeeld.nl"),
            ("https://WWW.Voorbeeld.nl/over/ons?x=1#y", "https://www.voorbeeld.nl"),
            ("https://voorbeeld.nl:443", "https://voorbeeld.nl"),
            ("https://voorbeeld.nl:8443/", "https://voorbeeld.nl:8443"),
            ("https://café.example.", "https://xn--caf-dma.example"),
        ],
    )
    def test_the_address_of_any_page_will_do(self, typed: str, origin: str) -> None:
        assert read_origin(typed) == origin

    @pytest.mark.parametrize(
        "typed",
        [
            "", "*", "https://*", "https://*.voorbeeld.nl", "http://voorbeeld.nl", "javascript:alert(1)", "data:text/html,x", "https://",
            "https://localhost", "https://127.0.0.1", "https://[::1]", "https://a b.nl", "https://voorbeeld.nl;script-src *", "'self'",
            "https://voorbeeld.nl, https://x.nl", "https://voorbeeld.nl:99999", "https://voorbeeld.nl:x", "https://-x.nl", "https://x\n.nl'",
            "https://" + "a" * 70 + ".nl", "https://" + "a." * 100 + "nl",
        ],
    )  # fmt: skip
    def test_what_a_header_could_take_for_more_is_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            read_origin(typed)
        assert refused.value.where == ("origin",)


class TestWhoMay:
    def test_who_manages_it_and_the_bureau_and_nobody_else(
        self, owner: Organisation, manager: Person
    ) -> None:
        bureau = builders.person(is_coordinator=True)
        allow_place(owner, by=manager, origin=SITE)
        place = allow_place(owner, by=bureau, origin="https://elders.example")
        for other in (builders.person(owner), builders.person(builders.organisation())):
            with pytest.raises(NotAllowed):
                allow_place(owner, by=other, origin=SITE)
            with pytest.raises(NotAllowed):
                end_place(place, by=other)

    def test_the_same_site_stands_there_once_and_there_is_an_end_to_it(
        self, owner: Organisation, manager: Person
    ) -> None:
        for _time in range(2):
            allow_place(owner, by=manager, origin=SITE)
        assert EmbeddingPlace.objects.count() == 1
        rows = [
            EmbeddingPlace(organisation=owner, origin=f"https://s{row}.example")
            for row in range(MOST)
        ]
        EmbeddingPlace.objects.bulk_create(rows)
        with pytest.raises(Conflict, match="Take one away"):
            allow_place(owner, by=manager, origin="https://nog-een.example")


class TestWhatItShows:
    @pytest.mark.parametrize("who", ["stranger", "member", "coordinator"])
    def test_only_what_anybody_sees_also_for_who_sees_more(
        self, client: Client, owner: Organisation, who: str
    ) -> None:
        builders.listing(owner, title="Voor iedereen")
        builders.listing(owner, title="Binnen de coalitie", visibility="participants")
        builders.draft(owner, title="Een concept")
        listings.move(builders.listing(owner, title="Al dicht"), "close", by=builders.HOUSE)
        if who != "stranger":
            client.force_login(builders.person(owner, is_coordinator=who == "coordinator"))
        for asked in ("", "?state=any", "?state=draft", f"?organisation={owner.slug}&state=closed"):
            page = client.get(f"{BOARD}{asked}").content.decode()
            assert "Voor iedereen" in page
            for hidden in ("Binnen de coalitie", "Een concept", "Al dicht"):
                assert hidden not in page

    def test_by_organisation_area_market_and_kind(
        self, client: Client, owner: Organisation
    ) -> None:
        builders.listing(owner, title="Eerste", areas=("agro",))
        builders.listing(owner, Kind.OFFER, "pilot", title="Tweede")
        builders.listing(builders.organisation(), title="Derde", areas=("agro",))
        shown = {
            asked: re.findall(
                "Eerste|Tweede|Derde", client.get(f"{BOARD}?{asked}").content.decode()
            )
            for asked in (
                "",
                f"organisation={owner.slug}",
                "area=agro",
                "market=pilot",
                "kind=need",
                "organisation=nobody",
            )
        }
        assert shown == {
            "": ["Derde", "Tweede", "Eerste"],
            f"organisation={owner.slug}": ["Tweede", "Eerste"],
            "area=agro": ["Derde", "Eerste"],
            "market=pilot": ["Tweede"],
            "kind=need": ["Derde", "Eerste"],
            "organisation=nobody": [],
        }  # fmt: skip

    def test_in_the_language_that_is_asked(self, client: Client, owner: Organisation) -> None:
        made = builders.listing(owner)
        dutch = client.get(f"{BOARD}?lang=nl").content.decode()
        assert '<html lang="nl">' in dutch
        assert f'href="/nl/listings/{made.pk}/"' in dutch
        english = client.get(f"{BOARD}?lang=en").content.decode()
        assert "Needs and offers" in english
        assert client.get(f"{BOARD}?lang=tlh").status_code == 200

    def test_it_has_no_script_and_its_links_open_elsewhere(
        self, client: Client, owner: Organisation
    ) -> None:
        builders.listing(owner)
        answer = client.get(f"{BOARD}?organisation={owner.slug}")
        page = answer.content.decode()
        assert "<script" not in page
        assert "<form" not in page
        links = re.findall("<a [^>]*>", page)
        assert len(links) == 2
        assert all('target="_blank" rel="noopener"' in each for each in links)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")

    def test_few_queries(
        self, client: Client, owner: Organisation, django_assert_max_num_queries: MaxQueries
    ) -> None:
        for number in range(25):
            builders.listing(owner, title=f"Nummer {number}")
        client.get(BOARD)
        with django_assert_max_num_queries(14):
            client.get(f"{BOARD}?site={owner.slug}")


class TestThePage:
    def test_who_manages_it_adds_a_site_and_copies_a_frame(
        self, client: Client, owner: Organisation, manager: Person
    ) -> None:
        client.force_login(manager)
        page = f"/en/organisations/{owner.slug}/embed/"
        assert f'href="{page}"' in client.get(f"/en/organisations/{owner.slug}/").content.decode()
        assert client.post(page, {"origin": "http://x"}).status_code == 422
        client.post(page, {"origin": f"{SITE}/contact/"})
        shown = client.get(f"{page}?whose=own&kind=offer&area=zorg&lang=nl").content.decode()
        assert SITE in shown
        (copied,) = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", shown, re.DOTALL)
        frame = unescape(copied)
        (source,) = re.findall('src="([^"]*)"', frame)
        assert frame.startswith("<iframe ")
        assert (
            unescape(source)
            == f"http://localhost:8000{BOARD}?organisation={owner.slug}&kind=offer&area=zorg&lang=nl"
        )
        assert "&amp;kind=offer" in source  # as it is written in a page
        assert "allow-scripts" not in frame
        place = EmbeddingPlace.objects.get()
        client.post(f"{page}{place.pk}/end/")
        assert not EmbeddingPlace.objects.exists()

    def test_a_member_who_does_not_manage_it_sees_no_way_to_it(
        self, client: Client, owner: Organisation
    ) -> None:
        client.force_login(builders.person(owner))
        page = f"/en/organisations/{owner.slug}/embed/"
        assert page not in client.get(f"/en/organisations/{owner.slug}/").content.decode()
        assert client.get(page).status_code == 403

    def test_a_site_of_another_organisation_is_not_there(
        self, client: Client, owner: Organisation, manager: Person
    ) -> None:
        theirs = allow_place(builders.organisation(), by=builders.HOUSE, origin=SITE)
        client.force_login(manager)
        answer = client.post(f"/en/organisations/{owner.slug}/embed/{theirs.pk}/end/")
        assert answer.status_code == 404
