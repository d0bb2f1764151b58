"""Between the tables and the engine: what a listing becomes, and what was read is not read twice."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import inf
from typing import Any

import numpy as np
import pytest

from katalysator.engine.arrays import Float32Array
from katalysator.engine.matching import Profile
from katalysator.engine.text import bundled
from katalysator.listings.market import Market
from katalysator.listings.models import Kind, Listing
from katalysator.matches.entries import enter, profile, side
from katalysator.matches.first_sight import told_by
from katalysator.matches.models import MarketEntry
from katalysator.readings.models import Reading
from katalysator.readings.texts import lexicon
from tests import builders
from tests.engine.makers import days
from tests.listings.tide import STATED
from tests.matches.steps import FAR, NEED, OFFER

pytestmark = pytest.mark.django_db


class Counting:
    """The real embedder, which counts what it is asked."""

    name = bundled().name
    dimension = bundled().dimension

    def __init__(self) -> None:
        self.texts = 0

    def encode(self, texts: Sequence[str]) -> Float32Array:
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
        ranges={
            "period": days(date(2026, 1, 1), date(2026, 2, 1)),
            "ticket": (10.5, inf),
            "capacity": (2.0, inf),
        },
        capacity=3,
        needs_regions=frozenset(),
        needs_areas=frozenset({"zorg", "agro"}),
    )


def test_an_offer_has_what_a_need_asks_for(tide: type[Market]) -> None:
    need, offer = (profile(listing(kind, "tide", terms=STATED, capacity=3)) for kind in Kind)
    assert need.labels == offer.labels == {"phase": {"ebb"}, "quay": {"north"}}
    same = {"depth": (3.0, 7.0)}
    assert need.ranges == {
        **same, "draught": (4.0, inf), "wind": (1.0, inf), "capacity": (1.0, inf),
    }  # fmt: skip
    assert offer.ranges == {
        **same, "draught": (-inf, 4.0), "wind": (-inf, 1.0), "capacity": (-inf, 3.0),
    }  # fmt: skip


def test_a_need_that_insists_on_a_region_says_so() -> None:
    made = listing(region_required=True, regions=("NL31", "NL32"))
    assert profile(made).needs_regions == {"NL31", "NL32"}


class TestReadingOnce:
    def test_what_was_read_is_kept(self) -> None:
        made = listing(skills=("mlops",))
        embedder = Counting()
        assert enter([made], embedder) == 1
        entry = MarketEntry.objects.get(listing=made)
        kept = entry.reading
        assert (entry.kind, entry.market) == ("need", "expertise")
        assert list(entry.meaning) == list(kept.meaning)
        assert np.linalg.norm(np.array(kept.meaning)) == pytest.approx(1, abs=1e-3)
        expected = bundled().encode([f"{made.title} {made.text} mlops"])[0]
        assert float(np.array(kept.meaning) @ expected) == pytest.approx(1, abs=1e-3)
        assert kept.grams.tolist() == sorted(set(kept.grams.tolist())) != []
        assert kept.model == bundled().name

    def test_nothing_is_read_twice(self) -> None:
        made = listing()
        embedder = Counting()
        enter([made], embedder)
        before = embedder.texts
        assert enter([made], embedder) == 0
        assert embedder.texts == before

    @pytest.mark.parametrize(
        "change", [{"title": "Anders"}, {"text": "Anders."}, {"skills": ["a"]}]
    )
    def test_what_changed_is_read_again(self, change: dict[str, Any]) -> None:
        made = listing()
        enter([made])
        first = MarketEntry.objects.get().reading
        Listing.objects.filter(pk=made.pk).update(**change)
        made.refresh_from_db()
        assert enter([made]) == 1
        again = MarketEntry.objects.get().reading
        assert again.digest != first.digest
        assert list(again.meaning) != list(first.meaning)

    @pytest.mark.parametrize(
        "change", [{"areas": ["agro"]}, {"capacity": 9}, {"visibility": "participants"}]
    )
    def test_what_bears_on_no_word_is_not_read_again(self, change: dict[str, Any]) -> None:
        made = listing()
        enter([made])
        Listing.objects.filter(pk=made.pk).update(**change)
        made.refresh_from_db()
        assert enter([made]) == 0

    def test_only_the_new_ones_of_many_are_read(self) -> None:
        old, new = listing(title="oud"), listing(title="nieuw")
        enter([old])
        embedder = Counting()
        assert enter([old, new], embedder) == 1
        assert embedder.texts == 1
        assert enter([]) == 0

    @pytest.mark.parametrize("text", ["🙂", "…", "בינה מלאכותית", "x" * 5_000])
    def test_odd_texts_are_read_too(self, text: str) -> None:
        made = listing(title="🙂", text=text)
        assert enter([made]) == 1
        assert np.isfinite(np.array(Reading.objects.get().meaning)).all()

    def test_what_means_the_same_lies_closer_across_languages(self) -> None:
        dutch = listing(
            title="Longscans beoordelen met beeldherkenning", text="Voor het ziekenhuis."
        )
        english = listing(
            title="Judging lung scans by image recognition", text="For the hospital.", language="en"
        )
        far = listing(**FAR)
        enter([dutch, english, far])
        meaning = {row.listing_id: np.array(row.meaning) for row in MarketEntry.objects.all()}
        near = float(meaning[dutch.pk] @ meaning[english.pk])
        assert near > float(meaning[dutch.pk] @ meaning[far.pk]) + 0.2


class TestSides:
    def test_a_side_is_what_was_read_with_its_listings(self) -> None:
        made = [listing(**NEED), listing(**FAR)]
        enter(made)
        entries = list(MarketEntry.objects.select_related("listing", "reading").order_by("pk"))
        needs = side(entries, lexicon(), None, [profile(each) for each in made])
        assert [each.key for each in needs.profiles] == [str(each.pk) for each in made]
        assert needs.reading.meaning.shape == (2, 512)
        assert needs.words.shape[0] == 2

    def test_an_offer_that_asks_goes_astray(self) -> None:
        asks = listing(
            Kind.OFFER,
            title="Gezocht: beeldherkenning",
            text="Wij zoeken een partij die scans beoordeelt.",
        )
        enter([asks])
        entries = list(MarketEntry.objects.select_related("listing", "reading"))
        (astray,) = side(entries, lexicon(), None, [profile(asks)]).astray
        assert astray > 0.2

    def test_where_offers_may_ask_it_does_not(self) -> None:
        asks = listing(
            Kind.OFFER,
            "internship",
            title="Wie komt ons helpen?",
            text="Wij zoeken iemand voor het lab.",
        )
        enter([asks])
        assert Reading.objects.get().lean < -0.2
        entries = list(MarketEntry.objects.select_related("listing", "reading"))
        (astray,) = side(entries, lexicon(), None, [profile(asks)]).astray
        assert astray == 0


def test_a_need_and_an_offer_with_the_same_words_are_read_once() -> None:
    both = [listing(Kind.NEED, **OFFER), listing(Kind.OFFER, **OFFER)]
    assert enter(both) == 1
    assert Reading.objects.count() == 1
    assert set(MarketEntry.objects.values_list("kind", flat=True)) == {"need", "offer"}


def test_a_listing_with_more_words_than_a_row_of_the_index_holds_is_entered() -> None:
    letters = "abcdefghijklmnopqrst"
    made = listing(skills=[" ".join(f"{one}{other}" for other in letters) for one in letters[:12]])
    enter([made])
    assert len(MarketEntry.objects.get(pk=made.pk).about.values()) == 160


def test_of_very_many_concepts_the_surest_are_kept() -> None:
    concepts = {f"concept-{number}": number / 200 for number in range(1, 201)}
    kept = told_by(concepts, ["leren"]).values()
    assert len(kept) == 160
    assert min(kept) == pytest.approx(41 / 200)
