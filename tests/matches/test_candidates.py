"""Candidates of one listing: who fits, in which order, why, and what kept the others out."""

from datetime import date
from math import exp
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from katalysator.engine.matching import Part, Strength
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.matches import candidates as matching
from katalysator.matches.candidates import Candidates, candidates
from katalysator.matches.entries import enter
from katalysator.matches.models import MarketEntry, about_nothing
from tests import builders
from tests.matches.steps import FAR, NEED, OFFER

pytestmark = pytest.mark.django_db


def listing(kind: Kind = Kind.NEED, slug: str = "expertise", **fields: Any) -> Listing:
    made = builders.listing(builders.organisation(), kind, slug, **fields)
    enter([made])
    return made


def found(of: Listing, **asked: Any) -> Candidates:
    result = candidates(Listing.objects.get(pk=of.pk), **({"seen_by": None} | asked))
    assert result is not None
    return result


def order(of: Listing, **asked: Any) -> list[int]:
    return [item.listing.pk for item in found(of, **asked).items]


def test_what_was_not_read_yet_has_no_answer_yet() -> None:
    unread = builders.listing(builders.organisation())
    assert candidates(unread, seen_by=None) is None


def test_what_was_read_alone_has_no_candidates() -> None:
    alone = found(listing())
    assert (alone.items, alone.allowed, alone.seen, alone.hidden) == ([], 0, 0, {})


def test_the_best_fit_comes_first_from_either_side() -> None:
    need, far, near = listing(**NEED), listing(Kind.OFFER, **FAR), listing(Kind.OFFER, **OFFER)
    assert order(need) == [near.pk, far.pk]
    far_need = listing(**FAR)
    assert order(near) == [need.pk, far_need.pk]


def test_both_sides_see_the_same_score_and_parts() -> None:
    need, offer = listing(**NEED), listing(Kind.OFFER, **OFFER)
    (there,), (back,) = found(need).items, found(offer).items
    assert there.parts == pytest.approx(dict(back.parts), abs=1e-6)
    assert there.score == pytest.approx(back.score, abs=1e-6)
    assert there.explanation.strength is back.explanation.strength is Strength.STRONG


def test_a_score_is_the_chance_that_goes_with_the_sum_of_its_parts() -> None:
    need = listing(**NEED, skills=("mlops",))
    listing(Kind.OFFER, **OFFER)
    (item,) = found(need).items
    assert item.score == pytest.approx(1.0 / (1.0 + exp(-sum(item.parts.values()))))
    assert set(item.parts) == set(Part) - {Part.JUDGE}
    assert item.explanation.skills_to_ask == ("mlops",)


def test_a_translation_is_found() -> None:
    need = listing(**NEED)
    listing(Kind.OFFER, **FAR)
    english = listing(
        Kind.OFFER,
        language="en",
        title="Image recognition for medical scans",
        text="We assess lung scans and other medical images by image recognition.",
    )
    assert order(need)[0] == english.pk
    assert found(need).items[0].explanation.languages_differ


@pytest.mark.parametrize("verb", ["close", "settle", "expire", "withdraw"])
def test_only_what_is_open_is_found(verb: str) -> None:
    need, offer = listing(), listing(Kind.OFFER)
    assert order(need) == [offer.pk]
    verbs.move(offer, verb, by=builders.HOUSE)
    assert (order(need), found(need).seen) == ([], 0)


def test_other_markets_are_elsewhere() -> None:
    need = listing()
    listing(Kind.OFFER, "pilot")
    assert found(need).seen == 0


def test_what_was_not_read_is_counted_and_not_shown() -> None:
    need = listing()
    builders.listing(builders.organisation(), Kind.OFFER)
    assert (order(need), found(need).allowed) == ([], 1)


def test_each_hidden_one_counts_under_the_first_reason() -> None:
    terms = {"level": ["hbo"], "work_language": ["nl"], "delivery": ["online"]}
    owner = builders.organisation()
    need = builders.listing(
        owner, Kind.NEED, "teaching", terms=terms, regions=("NL31",), region_required=True,
        areas_required=True, end=date(2026, 6, 1), min_capacity=2,
    )  # fmt: skip
    enter([need])
    right = {"terms": terms, "capacity": 2}
    wrong_level, wrong_tongue = terms | {"level": ["mbo"]}, terms | {"work_language": ["en"]}
    enter([builders.listing(owner, Kind.OFFER, "teaching", **right)])
    for fields in (
        {"start": date(2026, 6, 2)},
        {"start": date(2026, 6, 2), "capacity": 1},
        {"terms": wrong_level},
        {"terms": wrong_tongue},
        {"terms": wrong_tongue, "areas": ("agro",)},
        {"areas": ("agro",)},
        {"regions": ("NL42",)},
        {"capacity": 1},
        {},
        {"terms": terms | {"delivery": ["on-site"]}},
    ):
        listing(Kind.OFFER, "teaching", **(right | fields))
    result = found(need)
    assert result.hidden == {
        "own": 1,
        "period": 1,
        "level": 1,
        "work_language": 2,
        "area": 1,
        "region": 1,
        "capacity": 2,
    }
    assert (result.allowed, len(result.items), result.seen) == (2, 2, 11)


def test_a_page_shows_so_many_and_counts_all() -> None:
    need = listing()
    offers = [listing(Kind.OFFER) for _ in range(3)]
    assert order(need, limit=2) == [offer.pk for offer in offers[:2]]
    assert found(need, limit=2).allowed == 3


def test_equal_scores_keep_the_older_first() -> None:
    need = listing()
    offers = [listing(Kind.OFFER).pk for _ in range(4)]
    assert order(need) == offers


def test_only_the_nearest_by_meaning_get_a_full_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "SCORED", 1)
    need = listing(**NEED)
    listing(Kind.OFFER, **FAR)
    near = listing(Kind.OFFER, **OFFER)
    assert order(need) == [near.pk]
    assert found(need).allowed == 2


def test_what_is_about_the_same_is_seen_at_first_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "SCORED", 1)
    need = listing(
        title="Route optimisation wanted", text="For our trucks.", skills=[], language="en"
    )
    near = listing(
        Kind.OFFER, title="Wanted: a garden", text="For our children.", skills=[], language="en"
    )
    same = listing(Kind.OFFER, title="Routeplanning", text="Elke dag.", skills=[], language="nl")
    entries = MarketEntry.objects.in_bulk([near.pk, same.pk])
    assert order(need) == [same.pk]
    entries[same.pk].about = about_nothing()
    entries[same.pk].save()
    assert order(need) == [near.pk]


def test_who_names_the_same_skill_is_seen_at_first_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "SCORED", 1)
    skill = "Zwaaihoek"
    need = listing(title="Tuin", text="Elke dag.", skills=[skill])
    listing(Kind.OFFER, title="Tuin", text=f"Elke dag. {skill}", skills=[])  # one gist
    same = listing(Kind.OFFER, title="Tuin", text="Elke dag.", skills=[skill])
    assert order(need) == [same.pk]


def test_who_must_come_along_comes_along_if_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "SCORED", 1)
    need, near = listing(**NEED), listing(Kind.OFFER, **OFFER)
    far, closed = listing(Kind.OFFER, **FAR), listing(Kind.OFFER, **FAR)
    verbs.move(closed, "close", by=builders.HOUSE)
    assert order(need, also=[far.pk, closed.pk]) == [near.pk, far.pk]
    assert order(need, also=[near.pk], limit=0) == [near.pk]


class TestPressure:
    """What an offer costs in the market lets it give way a little, and never away."""

    def test_a_price_settles_a_near_tie_and_no_score(self) -> None:
        need = listing()
        first, second = listing(Kind.OFFER), listing(Kind.OFFER)
        before = [item.score for item in found(need).items]
        Listing.objects.filter(pk=first.pk).update(price=0.5, pressure=0.6)
        assert order(need) == [second.pk, first.pk]
        assert [item.score for item in found(need).items] == before

    def test_a_price_does_not_beat_a_better_fit(self) -> None:
        need, near, far = listing(**NEED), listing(Kind.OFFER, **OFFER), listing(Kind.OFFER, **FAR)
        Listing.objects.filter(pk=near.pk).update(price=0.9, pressure=1.0)
        assert order(need) == [near.pk, far.pk]

    def test_needs_of_one_offer_share_its_price(self) -> None:
        offer = listing(Kind.OFFER)
        needs = [listing().pk for _ in range(2)]
        Listing.objects.filter(pk=offer.pk).update(price=0.9)
        assert order(offer) == needs


def test_a_larger_market_asks_the_database_as_often(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    need = Listing.objects.get(pk=listing().pk)
    for count in (1, 3):
        while Listing.objects.filter(kind="offer").count() < count:
            listing(Kind.OFFER)
        with django_assert_num_queries(7):
            result = candidates(need, seen_by=None)
        assert result is not None
        assert [item.listing.organisation.name for item in result.items]
        assert len(result.items) == count
        with django_assert_num_queries(5):  # how rare words are is at hand
            assert candidates(need, seen_by=None) == result


@pytest.mark.parametrize(
    "slug",
    [
        "teaching",
        "internship",
        "research-position",
        "lab-capacity",
        "data",
        "capital",
        "challenge",
        "funding-consortium",
        "pilot",
    ],
)
def test_every_market_brings_two_sides_together(slug: str) -> None:
    need, offer = listing(slug=slug), listing(Kind.OFFER, slug)
    assert (order(need), order(offer)) == ([offer.pk], [need.pk])
