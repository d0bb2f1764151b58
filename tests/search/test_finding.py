"""Finding records: by words, concepts and meaning, out of what the asker may see and nothing else."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pgvector.django import HammingDistance

from katalysator.coalition.models import Organisation
from katalysator.engine.search import Way
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.readings.texts import renew_lexicon
from katalysator.search import finding
from katalysator.search.candidates import rarest
from katalysator.search.finding import Found, best_first, understood
from katalysator.search.indexing import make_findable, signs, unread
from tests import builders
from tests.matches.steps import FAR

pytestmark = pytest.mark.django_db


def listing(title: str, text: str = "Meer hierover later.", **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), title=title, text=text, **fields)


def read_all() -> None:
    """What the background does."""
    make_findable(Listing.objects.all())
    make_findable(Organisation.objects.all())


def found(words: str) -> list[Found]:
    return best_first(*Listing.objects.found(understood(words)).values())


def titles(hits: Sequence[Found]) -> list[str]:
    known = Listing.objects.in_bulk([each.key for each in hits])
    return [known[each.key].title for each in hits]


class TestLanguages:
    """What is said in one language is found in the other."""

    @pytest.mark.parametrize(
        ("words", "title"),
        [
            ("beroerte", "Stroke triage"),
            ("stroke", "Beelden van een herseninfarct"),
            ("voorspellend onderhoud", "Predictive maintenance"),
            ("predictive maintenance", "Voorspellend onderhoud"),
        ],
    )
    def test_by_the_concept(self, words: str, title: str) -> None:
        listing(title, language="en" if title.isascii() and title[0] in "SP" else "nl")
        listing(**FAR)
        read_all()
        hits = found(words)
        assert titles(hits)[0] == title
        assert hits[0].relevance.way is Way.CONCEPTS
        assert FAR["title"] not in titles(hits)

    def test_by_the_meaning_alone(self) -> None:
        listing("Zeehonden tellen vanuit een vliegtuig", "Wij tellen dieren langs de kust.")
        read_all()
        (hit,) = found("counting animals from the air")
        assert hit.relevance.words == 0.0
        assert hit.relevance.likeness > 0.2


class TestOrder:
    def test_words_in_the_title_come_before_words_in_the_text(self) -> None:
        listing("Iets anders", "Over zeehonden.")
        listing("Zeehonden tellen")
        assert titles(found("zeehonden")) == ["Zeehonden tellen", "Iets anders"]

    def test_exact_words_come_before_what_is_only_like_it(self) -> None:
        listing("Robben in zee", "Wij tellen robben.")
        listing("Zeehonden tellen")
        read_all()
        assert titles(found("zeehonden tellen"))[0] == "Zeehonden tellen"

    def test_of_equals_the_newest_comes_first_and_always_so(self) -> None:
        made = [listing("Zeehonden tellen") for _ in range(5)]
        read_all()
        for _ in range(3):
            assert [each.key for each in found("zeehonden")] == [each.pk for each in reversed(made)]

    def test_a_list_keeps_the_order(self) -> None:
        listing("Iets anders", "Over zeehonden.")
        listing("Zeehonden tellen")
        listing("Nog iets", "Over zeehonden.", kind=Kind.OFFER)
        named = [each.title for each in Listing.objects.about("zeehonden")]
        assert named == titles(found("zeehonden"))
        assert len(named) == 3


class TestHidden:
    """What is left out beforehand changes nothing."""

    def test_others_neither_show_nor_push_out(self) -> None:
        seen = [listing("Zeehonden tellen") for _ in range(2)]
        for _ in range(5):
            listing("Zeehonden tellen", visibility="participants")
        read_all()
        shown = Listing.objects.filter(visibility="everyone")
        hits = finding.find(shown, understood("zeehonden"), told=("title", "text"), each_way=2)
        assert {each.key for each in hits} == {each.pk for each in seen}

    def test_no_more_than_so_many_of_a_kind_are_found(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(finding, "MOST", 2)
        for kind in Kind:
            for _ in range(3):
                listing("Zeehonden tellen", kind=kind)
        sizes = {
            kind: len(hits) for kind, hits in Listing.objects.found(understood("zeehond")).items()
        }
        assert sizes == {"need": 2, "offer": 2}


class TestOrganisations:
    def about(self, words: str) -> list[str]:
        return [each.name for each in Organisation.objects.about(words)]

    @pytest.fixture(autouse=True)
    def three(self) -> None:
        builders.organisation(
            name="Voorbeeldziekenhuis De Linde",
            about={"nl": "Wij behandelen mensen met een beroerte.", "en": "We treat patients."},
        )
        builders.organisation(
            name="Eindhoven University of Technology", other_names=["TU/e"], state="listed"
        )
        builders.organisation(name="Weaviate", state="listed")
        read_all()

    @pytest.mark.parametrize(
        ("words", "names"),
        [
            ("linde", ["Voorbeeldziekenhuis De Linde"]),
            ("ziekenhuis de linde", ["Voorbeeldziekenhuis De Linde"]),
            ("stroke", ["Voorbeeldziekenhuis De Linde"]),
            ("beroerte", ["Voorbeeldziekenhuis De Linde"]),
            ("TU/e", ["Eindhoven University of Technology"]),
            ("tue", ["Eindhoven University of Technology"]),
            ("hoven uni", ["Eindhoven University of Technology"]),
            ("zzzz", []),
            (
                "",
                ["Voorbeeldziekenhuis De Linde", "Eindhoven University of Technology", "Weaviate"],
            ),
        ],
    )
    def test_by_name_and_by_what_they_do(self, words: str, names: list[str]) -> None:
        assert self.about(words) == names

    def test_a_name_alone_has_no_meaning(self) -> None:
        bare = Organisation.objects.get(name="Weaviate")
        assert (bare.signs, bare.reading is None) == (None, False)


class TestOdd:
    @pytest.mark.parametrize(
        "words",
        ["😀", "...", "'; DROP TABLE x; --", "& | ! :* <-> ()", "\\", "%_", "de het een", "\x00"],
    )
    def test_what_says_nothing_finds_nothing(self, words: str) -> None:
        listing("Zeehonden tellen")
        read_all()
        assert found(words) == []

    def test_a_piece_of_two_letters_is_no_name(self) -> None:
        owner = builders.organisation(name="Voorbeeld Xy")
        builders.listing(owner, title="Zeehonden tellen", text="Wij tellen dieren langs de kust.")
        read_all()
        assert found("xy") != []
        assert found("vo") == []


class TestCost:
    @pytest.mark.parametrize("rows", [1, 4])
    def test_more_records_ask_no_more_questions(self, rows: int) -> None:
        for _ in range(rows):
            listing("Beroerte herkennen")
            listing("Beroerte herkennen", kind=Kind.OFFER)
        read_all()
        renew_lexicon()
        query = understood("beroerte")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            Listing.objects.found(query)
        assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) == 3

    def test_the_nearest_are_found_in_an_index_that_knows_who_may_see_them(self) -> None:
        query = understood("zeehonden")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            near = HammingDistance("signs", signs(query.meaning))
            open_needs = Listing.objects.visible_to(AnonymousUser()).open().of_kind("need")
            plan = open_needs.order_by(near, "-pk").values("pk")[:10].explain()
        assert "Index Only Scan using listing_nearest" in plan

    def test_common_words_and_concepts_are_not_read_one_by_one(self) -> None:
        assert rarest({"a": 1_500, "b": 400, "c": 300}) == ["c", "b"]
        assert rarest({"a": 5_000}) == []


class TestIndexing:
    def test_what_is_new_is_read_once_and_what_is_read_is_known(self) -> None:
        made = listing("Beroerte herkennen")
        assert list(unread(Listing.objects.all())) == [made]
        assert make_findable(Listing.objects.all()) == 1
        made.refresh_from_db()
        assert made.meant == ["stroke"]
        assert (len(str(made.signs)) > 100, made.reading is None) == (True, False)
        assert list(unread(Listing.objects.all())) == []

    def test_nothing_to_read_is_nothing_done(self) -> None:
        assert make_findable(Listing.objects.none()) == 0

    def test_an_edit_is_read_again(self) -> None:
        made = listing("Beroerte herkennen")
        read_all()
        verbs.edit(
            made, by=builders.HOUSE, content=builders.content(title="Voorspellend onderhoud")
        )
        read_all()
        assert titles(found("predictive maintenance")) == ["Voorspellend onderhoud"]
        assert found("stroke") == []

    def test_before_it_is_read_its_words_find_it(self) -> None:
        listing("Zeehonden tellen")
        assert titles(found("zeehond")) == ["Zeehonden tellen"]
