"""Pages and API of knowledge: who sees what, how it is narrowed, found and shown elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import kept
from katalysator.core.panels import shown
from katalysator.knowledge import verbs
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.reviews import verbs as reviewing
from katalysator.knowledge.tasks import read_item, read_new_items
from katalysator.knowledge.uses import verbs as using
from katalysator.listings.models import Kind
from katalysator.listings.tasks import read_new_listings
from katalysator.readings.texts import renew_lexicon
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

LIST = "/en/knowledge/"


def titles(page: str = LIST, client: Client | None = None) -> list[str]:
    answer = (client or Client()).get(page)
    assert answer.status_code == 200
    return [card.title for card in answer.context["page"]]


def read_all() -> None:
    read_new_items()
    read_new_listings()
    renew_lexicon()


class TestWhoSees:
    STATES = ("draft", "review", "published", "outdated", "withdrawn")

    @pytest.mark.parametrize("visibility", ["everyone", "participants"])
    def test_each_state(
        self, giver: Organisation, author: Person, judge: Person, bureau: Person, visibility: str
    ) -> None:
        for state in self.STATES:
            builders.item(giver, state, title=state, visibility=visibility)
        outsider = builders.person(builders.organisation(state="left"))
        open_to_all = {"published", "outdated"} if visibility == "everyone" else set()
        expected: dict[Person | AnonymousUser, set[str]] = {
            AnonymousUser(): open_to_all,
            outsider: open_to_all,
            judge: {"review", "published", "outdated"},
            author: set(self.STATES),
            bureau: set(self.STATES),
        }
        for person, states in expected.items():
            seen = KnowledgeItem.objects.visible_to(person).values_list("state", flat=True)
            assert set(seen) == states

    def test_texts_of_a_draft_are_on_no_page_of_others(
        self, giver: Organisation, judge: Person, bureau: Person
    ) -> None:
        builders.item(giver, "draft", title="Geheim plan", text="Nog niet rijp.", blocks=("data",))
        read_all()
        pages = (
            "/en/knowledge/?state=any", "/en/knowledge/?q=geheim&state=any", "/en/search/?q=geheim+plan",
            "/en/areas/zorg/", "/en/blocks/data/", "/en/knowledge/reviews/",
            "/en/organisations/voorbeeld-gever/", "/api/v1/knowledge?state=any", "/api/v1/search?q=geheim",
        )  # fmt: skip
        for page in pages:
            for client in (Client(), inside(judge)):
                assert "rijp" not in client.get(page).content.decode()
                assert "Geheim plan" not in client.get(page).content.decode()


class TestList:
    @pytest.fixture(autouse=True)
    def some(self, giver: Organisation, peer: Organisation) -> None:
        old = builders.item(
            giver, title="Oud", kind="tool", stage="pilot", areas=("agro",), blocks=("data",)
        )
        builders.item(peer, title="Nieuw", language="en", kind="lesson")
        builders.item(giver, "outdated", title="Achterhaald")
        using.use(old, peer, by=builders.HOUSE, what="Handig.")
        KnowledgeItem.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(30))

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["Nieuw", "Oud"]),
            ("sort=used", ["Oud", "Nieuw"]),
            ("sort=title", ["Nieuw", "Oud"]),
            ("kind=tool", ["Oud"]),
            ("area=agro", ["Oud"]),
            ("block=data", ["Oud"]),
            ("stage=pilot", ["Oud"]),
            ("language=en", ["Nieuw"]),
            ("organisation=voorbeeld-gever", ["Oud"]),
            ("state=outdated", ["Achterhaald"]),
            ("state=any", ["Achterhaald", "Nieuw", "Oud"]),
            ("kind=koekje&page=99", ["Nieuw", "Oud"]),
            ("area=zorg&kind=tool", []),
            ("q=oud&sort=used", ["Oud"]),
        ],
    )
    def test_is_narrowed_and_put_in_order(self, query: str, expected: list[str]) -> None:
        read_all()
        assert titles(f"{LIST}?{query}") == expected

    def test_says_how_many_used_it(self) -> None:
        assert "Used by 1 other" in Client().get(LIST).text

    def test_an_empty_one_leads_on(self) -> None:
        page = Client().get(f"{LIST}?kind=framework").text
        assert "Nothing fits these filters" in page
        assert "/en/knowledge/new/" in page


def test_the_list_asks_as_much_for_three_as_for_one(
    giver: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    builders.item(giver)
    Client().get(LIST)
    with kept.anew(), django_assert_num_queries(7):
        Client().get(LIST)
    for _ in range(2):
        builders.item(builders.organisation())
    Client().get(LIST)
    with kept.anew(), django_assert_num_queries(7):
        Client().get(LIST)


def test_so_does_the_page_of_an_item(
    giver: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    item = builders.item(giver)
    page = f"/en/knowledge/{item.pk}/"
    Client().get(page)
    with kept.anew(), django_assert_num_queries(8):
        Client().get(page)
    for _ in range(3):
        using.use(item, builders.organisation(), by=builders.HOUSE, what="Goed.")
    with kept.anew(), django_assert_num_queries(8):
        Client().get(page)


class TestForm:
    TYPED = {
        "kind": "lesson",
        "language": "nl",
        "title": "Wat misging",
        "text": "Alles.",
        "areas": ["zorg"],
        "visibility": "everyone",
    }

    def test_writes_a_draft_and_changes_it(self, giver: Organisation, author: Person) -> None:
        client = inside(author)
        answer = client.post("/en/knowledge/new/", {**self.TYPED, "organisation": giver.pk})
        item = KnowledgeItem.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/en/knowledge/{item.pk}/")
        form = client.get(f"/en/knowledge/{item.pk}/edit/").context["form"]
        assert (form["title"].value(), form["areas"].value()) == ("Wat misging", ["zorg"])
        typed = {**self.TYPED, "title": "Wat goed ging", "seen": form["seen"].value()}
        assert client.post(f"/en/knowledge/{item.pk}/edit/", typed).status_code == 302
        assert titles("/en/knowledge/mine/", client) == ["Wat goed ging"]
        assert client.post(f"/en/knowledge/{item.pk}/edit/", typed).status_code == 422

    @pytest.mark.parametrize(
        ("other", "at"),
        [
            ({"title": ""}, "title"),
            ({"identifier": "zoek maar"}, "identifier"),
            ({"link": "niet"}, "link"),
            ({"areas": ["maan"]}, "areas"),
            ({"organisation": ""}, "organisation"),
        ],
    )
    def test_says_what_is_wrong_at_its_place(
        self, giver: Organisation, author: Person, other: dict[str, Any], at: str
    ) -> None:
        answer = inside(author).post(
            "/en/knowledge/new/", {**self.TYPED, "organisation": giver.pk} | other
        )
        assert answer.status_code == 422
        assert at in answer.context["form"].errors
        assert not KnowledgeItem.objects.exists()

    def test_nobody_writes_for_another_organisation(
        self, giver: Organisation, judge: Person
    ) -> None:
        answer = inside(judge).post("/en/knowledge/new/", {**self.TYPED, "organisation": giver.pk})
        assert answer.status_code == 422
        assert inside(builders.person()).get("/en/knowledge/new/").status_code == 403

    def test_from_draft_to_published(
        self, giver: Organisation, author: Person, peer: Organisation, judge: Person
    ) -> None:
        item = builders.item(giver, "draft")
        page, client = f"/en/knowledge/{item.pk}/", inside(author)
        assert client.post(f"{page}submit/")["Location"] == f"{page}reviewers/"
        assert client.post(f"{page}reviewers/", {"another": ""}).status_code == 422
        assert client.post(f"{page}reviewers/", {"fitting": [peer.pk]}).status_code == 302
        assert "Longscans veilig delen" in inside(judge).get("/en/account/").text
        assert "Asked of you" in inside(judge).get("/en/knowledge/reviews/").text
        reviewing.give(item, peer, by=judge, verdict="good", remark="")
        assert client.post(f"{page}publish/").status_code == 302
        assert titles() == ["Longscans veilig delen"]

    def test_what_cannot_be_yet_is_said_and_changes_nothing(
        self, giver: Organisation, author: Person
    ) -> None:
        item = builders.item(giver, "draft", text="")
        page, client = f"/en/knowledge/{item.pk}/", inside(author)
        assert "say what it is" in client.post(f"{page}submit/", follow=True).text
        assert "Ask for a review first" in client.post(f"{page}publish/", follow=True).text
        assert "is not possible" in client.post(f"{page}renew/", follow=True).text
        assert client.post(f"{page}age/").status_code in (302, 403)
        item.refresh_from_db()
        assert item.state == "draft"

    def test_a_draft_is_thrown_away_after_asking(self, giver: Organisation, author: Person) -> None:
        item = builders.item(giver, "draft")
        page, client = f"/en/knowledge/{item.pk}/delete/", inside(author)
        assert "cannot be undone" in client.get(page).text
        assert client.post(page)["Location"] == "/en/knowledge/mine/"
        published = builders.item(giver)
        answer = client.get(f"/en/knowledge/{published.pk}/delete/", follow=True)
        assert "Only a draft" in answer.text


class TestFound:
    def test_what_is_said_in_one_language_is_found_in_the_other(self, giver: Organisation) -> None:
        builders.item(
            giver,
            title="Zieke planten eerder zien",
            text="Met een camera in de kas.",
            areas=("agro",),
        )
        builders.item(giver, title="Wachttijd aan de telefoon", text="Terugbellen helpt.")
        read_all()
        assert titles(f"{LIST}?q=plant+disease+camera")[0] == "Zieke planten eerder zien"
        page = Client().get("/en/search/?q=plant+disease&kind=knowledge")
        assert [each.kind for each in page.context["results"]] == ["knowledge"]

    def test_marks_stand_in_its_words(self, giver: Organisation) -> None:
        builders.item(giver, text="Zo **delen** wij beelden & meer.")
        read_all()
        page = Client().get("/nl/search/?q=delen").text
        assert "Zo <mark>delen</mark> wij beelden &amp; meer." in page

    def test_an_edit_is_read_again(self, giver: Organisation, author: Person) -> None:
        item = builders.item(giver)
        read_all()
        before = KnowledgeItem.objects.get().reading_id
        verbs.edit(item, by=author, content=builders.known(text="Bakkers en hun brood."))
        read_item(item.pk)
        assert KnowledgeItem.objects.get().reading_id != before

    def test_the_api_finds_it_too(self, giver: Organisation) -> None:
        item = builders.item(giver)
        read_all()
        found = Client().get("/api/v1/search?q=longscans&kind=knowledge").json()
        assert found["counts"]["knowledge"] == 1
        assert found["items"][0]["knowledge"]["id"] == item.pk
        assert found["items"][0]["listing"] is None


class TestRelated:
    def test_an_item_leads_to_needs_and_offers_and_back(self, giver: Organisation) -> None:
        item = builders.item(
            giver, title="Longscans delen", text="Afspraken over longscans en privacy."
        )
        listing = builders.listing(builders.organisation(), Kind.NEED)
        far = builders.listing(
            builders.organisation(), title="Brood bakken", text="Een oven voor een bakkerij."
        )
        read_all()
        page = Client().get(f"/en/knowledge/{item.pk}/").text
        assert listing.title in page
        assert far.title not in page
        assert item.title in Client().get(listing.get_absolute_url()).text
        assert item.title not in Client().get(far.get_absolute_url()).text

    def test_what_one_may_not_see_is_not_shown(self, giver: Organisation, judge: Person) -> None:
        item = builders.item(giver, title="Longscans delen", visibility="participants")
        listing = builders.listing(builders.organisation(), Kind.NEED)
        hidden = builders.listing(
            builders.organisation(),
            Kind.OFFER,
            visibility="participants",
            title="Longscans te leen",
        )
        open_item = builders.item(giver, title="Longscans bewaren")
        read_all()
        page = listing.get_absolute_url()
        for _ in range(2):
            assert item.title not in Client().get(page).text
            assert item.title in inside(judge).get(page).text
        shown = open_item.get_absolute_url()
        assert hidden.title not in Client().get(shown).text
        assert hidden.title in inside(judge).get(shown).text

    def test_a_listing_shows_what_is_new(self, giver: Organisation) -> None:
        listing = builders.listing(builders.organisation(), Kind.NEED)
        read_all()
        page = listing.get_absolute_url()
        assert "Longscans delen" not in Client().get(page).text
        item = builders.item(giver, title="Longscans delen")
        read_all()
        assert item.title in Client().get(page).text
        verbs.move(item, "withdraw", by=builders.HOUSE)
        assert item.title not in Client().get(page).text

    def test_an_unread_one_shows_none(self, giver: Organisation) -> None:
        item = builders.item(giver)
        builders.listing(builders.organisation())
        assert "Who asks or offers this" not in Client().get(f"/en/knowledge/{item.pk}/").text


class TestPanels:
    def test_on_the_pages_of_its_giver_and_its_corner(self, giver: Organisation) -> None:
        item = builders.item(giver, blocks=("data",))
        for page in (
            "/en/organisations/voorbeeld-gever/",
            "/en/areas/zorg/",
            "/en/areas/zorg/data/",
            "/en/blocks/data/",
        ):
            assert item.title in Client().get(page).text
        assert item.title not in Client().get("/en/areas/agro/").text

    def test_what_is_for_participants_is_not_kept_for_others(
        self, giver: Organisation, judge: Person
    ) -> None:
        item = builders.item(giver, visibility="participants")
        for page in ("/en/organisations/voorbeeld-gever/", "/en/areas/zorg/"):
            assert item.title in inside(judge).get(page).text
            assert item.title not in Client().get(page).text

    def test_the_bureau_sees_what_waits(self, giver: Organisation, bureau: Person) -> None:
        item = builders.item(giver, "review")
        assert item.title in inside(bureau).get("/en/bureau/").text

    def test_who_does_not_take_part_has_nothing_on_the_account(self, judge: Person) -> None:
        assert "My knowledge" in inside(judge).get("/en/account/").text
        assert "My knowledge" not in inside(builders.person()).get("/en/account/").text


class TestItemPage:
    def test_states_its_facts_for_search_engines(
        self, giver: Organisation, peer: Organisation
    ) -> None:
        item = builders.item(
            giver, "review", identifier="10.1000/x", licence="CC-BY-4.0", title="</script>A"
        )
        reviewing.give(item, peer, by=builders.HOUSE, verdict="good", remark="Ja")
        verbs.publish(item, by=builders.HOUSE)
        page = Client().get(f"/en/knowledge/{item.pk}/").text
        assert '"@type": "HowTo"' in page
        assert '"sameAs": ["https://doi.org/10.1000/x"]' in page
        assert '"license": "https://creativecommons.org/licenses/by/4.0/"' in page
        assert "Voorbeeld Vakgenoot" in page

    def test_states_nothing_of_what_is_not_for_everybody(
        self, giver: Organisation, author: Person
    ) -> None:
        for item in (
            builders.item(giver, "draft"),
            builders.item(giver, visibility="participants"),
        ):
            assert "ld+json" not in inside(author).get(f"/en/knowledge/{item.pk}/").text

    def test_shows_markdown_and_runs_nothing(self, giver: Organisation) -> None:
        item = builders.item(
            giver, text="# Kop\n\n[x](javascript:alert(1)) **vet** ![p](https://x.example/p.png)"
        )
        page = Client().get(f"/en/knowledge/{item.pk}/").text
        assert "<h2>Kop</h2>" in page
        assert "<strong>vet</strong>" in page
        assert 'href="javascript:' not in page
        assert "p.png>" not in page
        assert "<img" not in page

    def test_names_its_author_by_own_choice(self, giver: Organisation, author: Person) -> None:
        item = verbs.write(giver, by=author, content=builders.known(names_author=True))
        verbs.publish(item, by=builders.HOUSE)
        Membership.objects.filter(person=author).update(name="A. Voorbeeld")
        assert "A. Voorbeeld" in Client().get(f"/en/knowledge/{item.pk}/").text
        assert Client().get(f"/api/v1/knowledge/{item.pk}").json()["author"] == "A. Voorbeeld"


class TestApi:
    def test_tells_what_is_shared(self, giver: Organisation, peer: Organisation) -> None:
        item = builders.item(giver, "review", stage="pilot", blocks=("data",))
        reviewing.give(item, peer, by=builders.HOUSE, verdict="good", remark="Klopt")
        verbs.publish(item, by=builders.HOUSE)
        using.use(item, peer, by=builders.HOUSE, what="Werkte.")
        (listed,) = Client().get("/api/v1/knowledge?area=zorg&sort=used").json()["items"]
        assert (listed["usedBy"], listed["foundGoodBy"], listed["stage"]) == (1, 1, "pilot")
        whole = Client().get(f"/api/v1/knowledge/{item.pk}").json()
        assert whole["text"] == "Zo **delen** wij longscans zonder namen."
        assert whole["reviews"][0]["organisation"] == "voorbeeld-vakgenoot"
        assert whole["uses"][0]["what"] == "Werkte."

    def test_hides_what_the_pages_hide(self, giver: Organisation, judge: Person) -> None:
        item = builders.item(giver, visibility="participants")
        for client, status, total in ((Client(), 404, 0), (inside(judge), 200, 1)):
            assert client.get(f"/api/v1/knowledge/{item.pk}").status_code == status
            assert client.get("/api/v1/knowledge").json()["total"] == total

    def test_refuses_what_it_cannot_read(self) -> None:
        for query in ("kind=koekje", "area=maan", "pageSize=0", "state=stuk"):
            assert Client().get(f"/api/v1/knowledge?{query}").status_code == 400
        assert Client().get(f"/api/v1/knowledge/{2**63}").status_code in (400, 404)


def test_every_panel_of_an_item_can_be_empty(giver: Organisation) -> None:
    item = builders.item(giver)
    request = Client().get(f"/en/knowledge/{item.pk}/").wsgi_request
    assert shown("knowledge", request, item) == []
