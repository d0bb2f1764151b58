"""Between the tables and the engine: what a listing becomes, and what was read is not read twice."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from katalysator.engine.matching import Profile
from katalysator.engine.text import Lexicon, bundled
from katalysator.engine.text.embedding import FloatMatrix
from katalysator.exchange import models
from katalysator.exchange.models import Kind, Listing, Reading
from katalysator.exchange.reading import (
    lexicon,
    lexicon_is_stale,
    profile,
    read_listings,
    renew_lexicon,
    side,
)
from tests import builders
from tests.exchange.steps import FAR, NEED, OFFER

pytestmark = pytest.mark.django_db


class Counting:
    """The real embedder, which counts what it is asked."""

    name = bundled().name
    dimension = bundled().dimension

    def __init__(self) -> None:
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        self.texts += len(texts)
        return bundled().encode(texts)


def listing(kind: Kind = Kind.NEED, slug: str = "expertise", **fields: Any) -> Listing:
    return builders.listing(builders.organisation(), kind, slug, **fields)


def test_the_engine_sees_all_that_the_owner_says() -> None:
    made = listing(
        slug="capital",
        language="en",
        areas=("zorg", "agro"),
        regions=("NL31",),
        areas_required=True,
        skills=("mlops",),
        start=date(2026, 1, 1),
        end=date(2026, 2, 1),
        ticket_min=Decimal("10.50"),
        capacity=3,
        min_capacity=2,
        terms={"stage": ["seed", "growth"], "instrument": ["loan"]},
    )
    made.refresh_from_db()
    assert profile(made) == Profile(
        key=str(made.pk),
        title=made.title,
        text=made.text,
        market="capital",
        organisation=str(made.organisation_id),
        language="en",
        areas=frozenset({"zorg", "agro"}),
        regions=frozenset({"NL31"}),
        skills=("mlops",),
        labels={"stage": frozenset({"seed", "growth"})},
        start=date(2026, 1, 1),
        end=date(2026, 2, 1),
        ticket_min=10.5,
        ticket_max=None,
        capacity=3,
        min_capacity=2,
        needs_regions=frozenset(),
        needs_areas=frozenset({"zorg", "agro"}),
    )


def test_a_need_that_insists_on_a_region_says_so() -> None:
    made = listing(region_required=True, regions=("NL31", "NL32"))
    assert profile(made).needs_regions == {"NL31", "NL32"}


class TestReadingOnce:
    def test_what_was_read_is_kept(self) -> None:
        made = listing(skills=("mlops",))
        embedder = Counting()
        assert read_listings([made], embedder) == 1
        kept = Reading.objects.get(listing=made)
        assert (kept.kind, kept.market) == ("need", "expertise")
        assert np.linalg.norm(np.array(kept.meaning)) == pytest.approx(1, abs=1e-3)
        expected = bundled().encode([f"{made.title} {made.text} mlops"])[0]
        assert float(np.array(kept.meaning) @ expected) == pytest.approx(1, abs=1e-3)
        assert kept.grams == sorted(set(kept.grams))
        assert Listing.objects.get(pk=made.pk).read_at is not None

    def test_nothing_is_read_twice(self) -> None:
        made = listing()
        embedder = Counting()
        read_listings([made], embedder)
        before = embedder.texts
        assert read_listings([made], embedder) == 0
        assert embedder.texts == before

    @pytest.mark.parametrize(
        "change", [{"title": "Anders"}, {"text": "Anders."}, {"skills": ["a"]}]
    )
    def test_what_changed_is_read_again(self, change: dict[str, Any]) -> None:
        made = listing()
        read_listings([made])
        first = Reading.objects.get()
        Listing.objects.filter(pk=made.pk).update(**change)
        made.refresh_from_db()
        assert read_listings([made]) == 1
        again = Reading.objects.get()
        assert again.digest != first.digest
        assert list(again.meaning) != list(first.meaning)

    @pytest.mark.parametrize(
        "change", [{"areas": ["agro"]}, {"capacity": 9}, {"visibility": "participants"}]
    )
    def test_what_bears_on_no_word_is_not_read_again(self, change: dict[str, Any]) -> None:
        made = listing()
        read_listings([made])
        Listing.objects.filter(pk=made.pk).update(**change)
        made.refresh_from_db()
        assert read_listings([made]) == 0

    def test_only_the_new_ones_of_many_are_read(self) -> None:
        old, new = listing(title="oud"), listing(title="nieuw")
        read_listings([old])
        embedder = Counting()
        assert read_listings([old, new], embedder) == 1
        assert embedder.texts == 1
        assert read_listings([]) == 0

    @pytest.mark.parametrize("text", ["🙂", "…", "בינה מלאכותית", "x" * 5_000, "\n\n"])
    def test_odd_texts_are_read_too(self, text: str) -> None:
        made = listing(title="🙂", text=text)
        assert read_listings([made]) == 1
        assert np.isfinite(np.array(Reading.objects.get().meaning)).all()

    def test_what_means_the_same_lies_closer_across_languages(self) -> None:
        dutch = listing(
            title="Longscans beoordelen met beeldherkenning", text="Voor het ziekenhuis."
        )
        english = listing(
            title="Judging lung scans by image recognition", text="For the hospital.", language="en"
        )
        far = listing(**FAR)
        read_listings([dutch, english, far])
        meaning = {row.listing_id: np.array(row.meaning) for row in Reading.objects.all()}
        near = float(meaning[dutch.pk] @ meaning[english.pk])
        assert near > float(meaning[dutch.pk] @ meaning[far.pk]) + 0.2


class TestSides:
    def test_a_side_is_what_was_read_with_its_listings(self) -> None:
        made = [listing(**NEED), listing(**FAR)]
        read_listings(made)
        readings = list(Reading.objects.select_related("listing").order_by("pk"))
        needs = side(Kind.NEED, readings, lexicon())
        assert [each.key for each in needs.profiles] == [str(each.pk) for each in made]
        assert needs.reading.meaning.shape == (2, 512)
        assert needs.words.shape[0] == 2

    def test_an_offer_that_asks_goes_astray(self) -> None:
        asks = listing(
            Kind.OFFER,
            title="Gezocht: beeldherkenning",
            text="Wij zoeken een partij die scans beoordeelt.",
        )
        read_listings([asks])
        (astray,) = side(
            Kind.OFFER, list(Reading.objects.select_related("listing")), lexicon()
        ).astray
        assert astray > 0.2

    def test_where_offers_may_ask_it_does_not(self) -> None:
        asks = listing(
            Kind.OFFER,
            "internship",
            title="Wie komt ons helpen?",
            text="Wij zoeken iemand voor het lab.",
        )
        read_listings([asks])
        assert Reading.objects.get().lean < -0.2
        (astray,) = side(
            Kind.OFFER, list(Reading.objects.select_related("listing")), lexicon()
        ).astray
        assert astray == 0


class TestLexicon:
    def test_before_the_first_all_letter_groups_weigh_the_same(self) -> None:
        assert lexicon().texts == 0
        assert len(set(lexicon().weights.tolist())) == 1

    def test_it_counts_what_was_read(self) -> None:
        made = [listing(title="zeehonden", text="zee"), listing(title="zeehonden", text="land")]
        read_listings(made)
        assert renew_lexicon() == 2
        rows = [np.array(row.grams, np.int32) for row in Reading.objects.order_by("pk")]
        counted, expected = lexicon(), Lexicon.fit(rows)
        assert counted.texts == 2
        assert (counted.frequency == expected.frequency).all()
        assert counted.frequency.max() == 2

    def test_there_is_one_and_the_newest_is_used(self) -> None:
        read_listings([listing()])
        renew_lexicon()
        read_listings([listing(), listing()])
        renew_lexicon()
        assert models.Lexicon.objects.count() == 1
        assert lexicon().texts == 3

    def test_of_nothing_read_it_is_empty(self) -> None:
        assert renew_lexicon() == 0
        assert lexicon().texts == 0

    def test_it_is_stale_after_a_tenth_more(self) -> None:
        assert not lexicon_is_stale()
        read_listings([listing()])
        assert lexicon_is_stale()
        renew_lexicon()
        assert not lexicon_is_stale()
        read_listings([listing()])
        assert lexicon_is_stale()
        assert not lexicon_is_stale(growth=2.0)


def test_a_need_and_an_offer_with_the_same_words_are_read_apart() -> None:
    both = [listing(Kind.NEED, **OFFER), listing(Kind.OFFER, **OFFER)]
    read_listings(both)
    assert len(set(Reading.objects.values_list("digest", flat=True))) == 2
