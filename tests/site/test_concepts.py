"""The pages of concepts: list, search, add, change, remove and undo, for the bureau only."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from katalysator.engine.concepts import bundled_thesaurus
from katalysator.listings.models import Listing
from katalysator.readings import verbs
from katalysator.readings.models import CoalitionConcept
from katalysator.readings.verbs import ConceptContent
from tests import builders

pytestmark = pytest.mark.django_db

BACKEND = "katalysator.site.accounts.backend.PersonBackend"
TYPED = {"nl": "zwaluwmodel\nzwaluwtje", "en": "swallow engine", "broader": ""}


@pytest.fixture
def bureau(client: Client) -> Client:
    client.force_login(builders.person(is_coordinator=True), BACKEND)
    return client


def add(**said: Any) -> CoalitionConcept:
    content = ConceptContent(**({"en": ["swallow engine"]} | said))
    return verbs.add_concept(content, by=builders.HOUSE)


def page(client: Client, address: str = "/en/concepts/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestList:
    def test_without_any_it_says_what_they_are_for(self, bureau: Client) -> None:
        shown = page(bureau)
        assert "The coalition has no concepts of its own yet" in shown
        assert "tulip picker" in shown
        assert f"{len(bundled_thesaurus())} concepts" in shown

    def test_own_come_first_and_are_the_only_ones_to_change(self, bureau: Client) -> None:
        add()
        shown = page(bureau)
        assert "no concepts of its own yet" not in shown
        assert shown.index("swallow engine") < shown.index("of Katalysator")
        assert shown.count("/edit/") == shown.count("/remove/") == 1

    def test_words_narrow_it_down_in_any_language(self, bureau: Client) -> None:
        add(nl=["Zwaluwmodel"])
        assert "1 concept<" in page(bureau, "/en/concepts/?q=zwaluwMODEL")
        assert "No concept is called that" in page(bureau, "/en/concepts/?q=zzzz")

    def test_a_page_has_twenty_and_ours_follow_the_coalitions(self, bureau: Client) -> None:
        keys = [f"heron-{number:02}" for number in range(25)]
        contents = {key: ConceptContent(en=[f"a {key} thing"]) for key in keys}
        verbs.add_concepts(contents, by=builders.HOUSE)
        first, second = page(bureau), page(bureau, "/en/concepts/?page=2")
        assert (first.count("/edit/"), first.count("?of=")) == (20, 0)
        assert (second.count("/edit/"), second.count("?of=")) == (5, 15)
        assert f"{len(bundled_thesaurus()) + 25} concepts" in first
        assert "page=3" in second
        assert "25 concepts" in page(bureau, "/en/concepts/?q=heron-")

    def test_the_pages_together_show_each_once(self, bureau: Client) -> None:
        add()
        shown = "".join(page(bureau, f"/en/concepts/?q=robot&page={n}") for n in (1, 2))
        known = [each for each in bundled_thesaurus().concepts if f'?of={each.key}"' in shown]
        assert len(known) == shown.count("?of=")

    def test_one_in_place_of_ours_stands_there_once(self, bureau: Client) -> None:
        add(en=["stroke"], nl=["zwaluwslag"])
        assert "1 concept<" in page(bureau, "/en/concepts/?q=zwaluwslag")
        shown = page(bureau, "/en/concepts/?q=beroerte")
        assert '?of=stroke"' not in shown

    def test_of_many_labels_the_first_are_shown(self, bureau: Client) -> None:
        add(en=[f"swallow engine {n}" for n in range(8)])
        shown = page(bureau, "/en/concepts/?q=swallow")
        assert "swallow engine 4" in shown
        assert "swallow engine 5" not in shown
        assert "and 3 more" in shown

    def test_broader_ones_are_called_by_their_names(self, bureau: Client) -> None:
        add(nl=["zwaluwmodel"])
        add(en=["second engine"], broader=["swallow-engine", "robotics"])
        shown = page(bureau, "/en/concepts/?q=second")
        name = bundled_thesaurus()["robotics"].label("en")
        assert f"Broader: swallow engine, {name}" in shown

    def test_whose_the_skills_of_esco_are_is_said_where_there_are_any(self, bureau: Client) -> None:
        assert "ESCO" not in page(bureau)
        verbs.add_concepts({"esco-1": ConceptContent(en=["tame herons"])}, by=builders.HOUSE)
        assert "uses the ESCO classification of the European Commission" in page(bureau)

    def test_it_says_how_many_listings_tell_of_it(self, bureau: Client) -> None:
        add()
        made = builders.listing(builders.organisation())
        Listing.objects.filter(pk=made.pk).update(meant=["swallow-engine"])
        assert 'data-label="Listings">1<' in page(bureau, "/en/concepts/?q=swallow")

    def test_in_dutch(self, bureau: Client) -> None:
        assert "Begrippen" in page(bureau, "/nl/concepts/")

    def test_the_bureau_finds_it_on_its_page_and_others_do_not(self, bureau: Client) -> None:
        assert 'href="/en/concepts/"' in page(bureau, "/en/bureau/")
        assert 'href="/en/concepts/"' not in page(Client(), "/en/about/")

    @pytest.mark.parametrize("own", [1, 3])
    def test_it_takes_as_many_queries_whatever_there_is(
        self, own: int, bureau: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(own):
            add(en=[f"swallow engine {number}"])
        page(bureau)
        with django_assert_num_queries(8):
            page(bureau)


class TestForm:
    def test_it_is_added(self, bureau: Client) -> None:
        answer = bureau.post("/en/concepts/add/", TYPED, follow=True)
        assert "Saved." in answer.content.decode()
        row = CoalitionConcept.objects.get()
        assert (row.key, row.nl) == ("swallow-engine", ["zwaluwmodel", "zwaluwtje"])

    def test_broader_ones_go_by_their_names(self, bureau: Client) -> None:
        label = bundled_thesaurus()["stroke"].label("nl").upper()
        bureau.post("/en/concepts/add/", TYPED | {"broader": f"{label}\nmachine-learning"})
        assert CoalitionConcept.objects.get().broader == ["stroke", "machine-learning"]

    def test_what_is_wrong_stands_at_its_field(self, bureau: Client) -> None:
        for changes, sentence in (
            ({"nl": "a"}, "too short for a label"),
            ({"nl": "", "en": ""}, "no label yet"),
            ({"broader": "zzzz"}, "no concept called “zzzz”"),
            ({"nl": "x" * 101}, "too long"),
        ):
            shown = bureau.post("/en/concepts/add/", TYPED | changes).content.decode()
            assert sentence in shown
            assert 'aria-invalid="true"' in shown
        assert not CoalitionConcept.objects.exists()

    def test_what_is_there_already_is_said(self, bureau: Client) -> None:
        add()
        shown = bureau.post("/en/concepts/add/", TYPED).content.decode()
        assert "has a concept “swallow-engine” already" in shown

    def test_ours_is_mended_from_a_copy(self, bureau: Client) -> None:
        shown = page(bureau, "/en/concepts/add/?of=stroke")
        assert bundled_thesaurus()["stroke"].label("nl") in shown
        typed = {"nl": "cva", "en": "stroke", "broader": ""}
        answer = bureau.post("/en/concepts/add/", typed, follow=True)
        assert "It stands in place of the one" in answer.content.decode()

    def test_it_is_changed(self, bureau: Client) -> None:
        row = add()
        assert "swallow engine" in page(bureau, "/en/concepts/swallow-engine/edit/")
        bureau.post("/en/concepts/swallow-engine/edit/", TYPED | {"en": "wing"})
        row.refresh_from_db()
        assert (row.key, row.en) == ("swallow-engine", ["wing"])

    def test_what_is_typed_is_shown_as_text(self, bureau: Client) -> None:
        add(nl=["<script>alert(1)</script>"])
        assert "<script>alert" not in page(bureau)


class TestRemoving:
    def test_it_asks_removes_and_can_be_undone(self, bureau: Client) -> None:
        row = add()
        assert "Remove this concept?" in page(bureau, "/en/concepts/swallow-engine/remove/")
        answer = bureau.post("/en/concepts/swallow-engine/remove/", follow=True)
        assert "“swallow engine” was removed." in answer.content.decode()
        row.refresh_from_db()
        assert row.is_removed
        bureau.post("/en/concepts/swallow-engine/restore/")
        row.refresh_from_db()
        assert not row.is_removed

    def test_what_is_gone_has_no_page(self, bureau: Client) -> None:
        verbs.remove_concept(add(), by=builders.HOUSE)
        for deed in ("edit", "remove"):
            assert bureau.get(f"/en/concepts/swallow-engine/{deed}/").status_code == 404

    def test_why_it_stays_is_said(self, bureau: Client) -> None:
        add()
        add(en=["second engine"], broader=["swallow-engine"])
        answer = bureau.post("/en/concepts/swallow-engine/remove/", follow=True)
        assert "names this concept as a broader one" in answer.content.decode()
