"""The tables of matches and readings: what the database itself refuses, and what goes with what."""

from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, transaction

from katalysator.listings.models import Kind, Listing
from katalysator.matches.entries import enter
from katalysator.matches.models import (
    GapCount,
    MarketAllocation,
    MarketEntry,
    Match,
    PairJudgement,
    ToldMatch,
)
from katalysator.readings.models import CarefulEncoder, CarefulReading, LexiconSnapshot, Reading
from tests import builders

pytestmark = pytest.mark.django_db


def pair() -> tuple[Listing, Listing]:
    return builders.listing(builders.organisation()), builders.listing(
        builders.organisation(), Kind.OFFER
    )


def match(need: Listing, offer: Listing, **fields: Any) -> Match:
    given = {"market": need.market, "score": 0.7, "parts": {"subject": 0.7}}
    return Match.objects.create(need=need, offer=offer, **(given | fields))


def test_a_pair_matches_once() -> None:
    need, offer = pair()
    match(need, offer)
    with pytest.raises(IntegrityError, match="one_match_per_pair"), transaction.atomic():
        match(need, offer, score=0.8)
    assert Match.objects.get().score == 0.7


def test_a_day_is_counted_once() -> None:
    counts = {"needs": 2, "unserved": 1, "offers": 3, "unused": 0}
    GapCount.objects.create(day="2026-11-28", inside=True, **counts)
    GapCount.objects.create(day="2026-11-28", inside=False, **counts)
    with pytest.raises(IntegrityError, match="one_gap_count_a_day"), transaction.atomic():
        GapCount.objects.create(day="2026-11-28", inside=True, **counts)


def test_a_match_has_two_sides() -> None:
    need, _ = pair()
    with pytest.raises(IntegrityError, match="match_is_two"), transaction.atomic():
        match(need, need)


def test_a_match_is_told_of_once() -> None:
    need, offer = pair()
    ToldMatch.objects.create(need=need, offer=offer)
    with pytest.raises(IntegrityError, match="match_is_told_once"), transaction.atomic():
        ToldMatch.objects.create(need=need, offer=offer)


def test_every_constraint_of_these_rooms_is_tested_here() -> None:
    declared = {
        constraint.name
        for room in ("matches", "readings")
        for model in apps.get_app_config(room).get_models()
        for constraint in model._meta.constraints
    }
    assert declared == {
        "one_match_per_pair",
        "match_is_two",
        "match_is_told_once",
        "one_gap_count_a_day",
        "one_reading_per_text",
        "concept_has_a_label",
        "one_careful_reading_per_text",
        "one_encoder_serves",
        "one_judgement_per_pair",
        "judgement_is_a_grade",
    }


@pytest.mark.parametrize("side", ["need", "offer"])
def test_a_match_goes_with_either_side(side: str) -> None:
    need, offer = pair()
    match(need, offer)
    {"need": need, "offer": offer}[side].delete()
    assert not Match.objects.exists()


def test_a_listing_leaves_its_market_and_its_reading_stays() -> None:
    listing, _ = pair()
    enter([listing])
    listing.delete()
    assert not MarketEntry.objects.exists()
    assert Reading.objects.exists()


def test_a_text_is_read_once_by_a_model() -> None:
    Reading.objects.create(digest="d", model="m", meaning=[0.0] * 512, grams=[], lean=0.0)
    with pytest.raises(IntegrityError, match="one_reading_per_text"), transaction.atomic():
        Reading.objects.create(digest="d", model="m", meaning=[0.0] * 512, grams=[], lean=0.0)


def test_a_meaning_of_another_size_is_refused() -> None:
    with pytest.raises(DatabaseError, match="dimensions"), transaction.atomic():
        Reading.objects.create(digest="d", model="m", meaning=[0.0] * 3, grams=[], lean=0.0)


def test_records_name_themselves_for_whoever_reads_a_log() -> None:
    need, offer = pair()
    made = MarketAllocation.objects.create(
        market="expertise", pairs=1, placed=1, value=1.0, bound=1.0
    )
    assert str(made).startswith("expertise 20")
    assert str(match(need, offer)) == f"{need.pk} ● {offer.pk}"
    assert str(Reading(digest="d", model="m")) == "d by m"
    assert str(MarketEntry(listing=need, market="pilot")) == f"{need.pk} in pilot"
    assert str(LexiconSnapshot(texts=7)) == "lexicon of 7 texts"


ABOUT: dict[str, Any] = {"dimension": 2, "mean": 0.1, "spread": 0.1, "language": 0.0}


def test_one_encoder_serves() -> None:
    CarefulEncoder.objects.create(name="one", serves=True, **ABOUT)
    CarefulEncoder.objects.create(name="other", **ABOUT)
    with pytest.raises(IntegrityError, match="one_encoder_serves"), transaction.atomic():
        CarefulEncoder.objects.update(serves=True)


def test_an_encoder_reads_a_text_once_in_dimensions_of_its_own() -> None:
    text = Reading.objects.create(digest="d", model="m", meaning=[0.0] * 512, grams=[], lean=0.0)
    for size in (2, 3):
        encoder = CarefulEncoder.objects.create(name=str(size), **ABOUT)
        CarefulReading.objects.create(reading=text, encoder=encoder, meaning=[1.0] * size)
        with pytest.raises(IntegrityError, match="one_careful_reading"), transaction.atomic():
            CarefulReading.objects.create(reading=text, encoder=encoder, meaning=[0.5] * size)
    meanings = CarefulReading.objects.order_by("pk").values_list("meaning", flat=True)
    assert [each.tolist() for each in meanings] == [[1.0, 1.0], [1.0, 1.0, 1.0]]
    text.delete()
    assert not CarefulReading.objects.exists()


def judged(**fields: Any) -> PairJudgement:
    return PairJudgement.objects.create(**({"need": "n", "offer": "o", "judge": "j"} | fields))


def test_a_judge_judges_a_pair_once() -> None:
    judged(grade=3)
    with pytest.raises(IntegrityError, match="one_judgement_per_pair"), transaction.atomic():
        judged(grade=2)


@pytest.mark.parametrize("fields", [{"grade": 4}, {"grade": 2, "flagged": True}])
def test_a_grade_is_from_0_to_3_and_not_of_what_is_flagged(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="judgement_is_a_grade"), transaction.atomic():
        judged(**fields)
