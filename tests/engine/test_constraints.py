"""What must hold: a pair that breaks one rule is never allowed; what is not stated asks nothing."""

from itertools import pairwise
from math import inf
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching import Constraints, Profile
from katalysator.engine.matching.constraints import covers, regions_meet
from katalysator.engine.matching.profiles import Labels
from tests.engine.makers import DAYS, FEW, POINTS, days, listings, profiles


def broken(need: Profile, offer: Profile) -> list[str]:
    """The rules that one pair breaks, in their order, each spelled out for one pair."""
    labels = sorted({*need.labels, *offer.labels})
    ranges = sorted({*need.ranges, *offer.ranges})
    rules = {
        "market": not need.market or not offer.market or need.market == offer.market,
        "own": not need.organisation or need.organisation != offer.organisation,
        **{name: label_fits(need, offer, name) for name in labels},
        "area": not need.needs_areas or bool(need.needs_areas & offer.areas),
        "region": not need.needs_regions or reached(need.needs_regions, offer.regions),
        **{name: bool(within(need, name) & within(offer, name)) for name in ranges},
    }
    return [name for name, holds in rules.items() if not holds]


def within(profile: Profile, name: str) -> set[float]:
    low, high = profile.ranges.get(name, (-inf, inf))
    return {point for point in POINTS[name] if low <= point <= high}


def label_fits(need: Profile, offer: Profile, name: str) -> bool:
    mine, theirs = need.labels.get(name, ()), offer.labels.get(name, ())
    return not mine or not theirs or any(label in theirs for label in mine)


def reached(wanted: Labels, given: Labels) -> bool:
    return any(a.startswith(b) or b.startswith(a) for a in wanted for b in given)


def allows(need: Profile, offer: Profile) -> bool:
    return bool(Constraints.between([need], [offer]).allowed(0)[0])


def span(name: str, low: float = -inf, high: float = inf) -> dict[str, Any]:
    """A profile's fields where it states this interval and nothing else."""
    return {"ranges": {name: (low, high)}}


@FEW
@given(listings(prefix="n"), listings())
def test_all_offers_at_once_are_judged_as_each_pair_alone(
    needs: list[Profile], offers: list[Profile]
) -> None:
    found = Constraints.between(needs, offers)
    for row, need in enumerate(needs):
        rules = [broken(need, offer) for offer in offers]
        assert found.allowed(row).tolist() == [not rule for rule in rules]
        first = [rule[0] for rule in rules if rule]
        assert found.refusals(row) == {name: first.count(name) for name in first}


@FEW
@given(listings(prefix="n"), listings())
def test_needs_of_one_signature_are_left_the_same_offers_by_their_choices(
    needs: list[Profile], offers: list[Profile]
) -> None:
    found = Constraints.between(needs, offers)
    choices = {rule.name for rule in found.choices}
    signatures = found.signatures().tolist()
    assert sorted(set(signatures)) == list(range(len(set(signatures))))
    left: dict[int, list[bool]] = {}
    for row, (need, signature) in enumerate(zip(needs, signatures, strict=True)):
        mine = [not choices.intersection(broken(need, offer)) for offer in offers]
        assert found.chosen(row).tolist() == mine
        assert left.setdefault(signature, mine) == mine


def test_neighbouring_signatures_share_their_market() -> None:
    needs = [
        Profile(f"n{n}", "", market=f"m{n % 3}", needs_areas=frozenset({f"a{n % 4}"}))
        for n in range(24)
    ]
    signature = Constraints.between(needs, []).signatures()
    markets = [needs[row].market for row in np.argsort(signature, kind="stable")]
    assert signature.max() == 11
    assert sum(a != b for a, b in pairwise(markets)) == 2


@FEW
@given(listings(prefix="n", least=1, most=3), listings(), profiles(), st.data())
def test_one_offer_more_does_not_change_who_else_is_allowed(
    needs: list[Profile], offers: list[Profile], extra: Profile, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(offers)))
    more = [*offers[:place], extra, *offers[place:]]
    before, after = Constraints.between(needs, offers), Constraints.between(needs, more)
    for row in range(len(needs)):
        assert np.delete(after.allowed(row), place).tolist() == before.allowed(row).tolist()


@pytest.mark.parametrize(
    ("need", "offer", "allowed"),
    [
        ({"market": "data"}, {"market": "pilot"}, False),
        ({"market": "data"}, {}, True),
        ({"organisation": "a"}, {"organisation": "a"}, False),
        ({}, {}, True),
        (span("period", *days(DAYS[2], None)), span("period", *days(None, DAYS[1])), False),
        (span("period", *days(DAYS[2], None)), span("period", *days(None, DAYS[2])), True),
        (
            {"labels": {"level": frozenset({"hbo"})}},
            {"labels": {"level": frozenset({"wo"})}},
            False,
        ),
        ({"labels": {"level": frozenset({"hbo"})}}, {"labels": {"stage": frozenset({"wo"})}}, True),
        ({"needs_areas": frozenset({"zorg"})}, {}, False),
        ({"areas": frozenset({"zorg"})}, {"areas": frozenset({"agro"})}, True),
        ({"needs_regions": frozenset({"NL31"})}, {"regions": frozenset({"NL"})}, True),
        ({"needs_regions": frozenset({"NL"})}, {"regions": frozenset({"NL310"})}, True),
        ({"needs_regions": frozenset({"NL31"})}, {"regions": frozenset({"NL32"})}, False),
        ({"needs_regions": frozenset({"NL31"})}, {}, False),
        ({"regions": frozenset({"NL31"})}, {"regions": frozenset({"NL32"})}, True),
        (span("ticket", 500_000), span("ticket", high=499_999), False),
        (span("ticket", 500_000), span("ticket", high=500_000), True),
        (span("ticket", high=0), span("ticket", 0.01), False),
        (span("ticket", 2, 3), span("ticket", 1, 4), True),
        (span("capacity", 20), span("capacity", high=19), False),
        (span("capacity", 20), span("capacity", high=20), True),
        (span("capacity", 1), span("capacity", high=0), False),
        (span("depth", 3), {}, True),
        (span("depth", 3), span("width", high=2), True),
    ],
)
def test_rules_by_example(need: dict[str, Any], offer: dict[str, Any], allowed: bool) -> None:
    asking, giving = Profile("n", "", **need), Profile("o", "", **offer)
    assert allows(asking, giving) is allowed


def test_an_offer_counts_under_the_first_rule_that_it_breaks() -> None:
    need = Profile("n", "", market="data", organisation="a", **span("capacity", 5))
    offers = [
        Profile("o1", "", market="pilot", organisation="a"),
        Profile("o2", "", market="data", organisation="a"),
        Profile("o3", "", market="data", **span("capacity", high=1)),
        Profile("o4", "", market="data", **span("capacity", high=5)),
    ]
    assert Constraints.between([need], offers).refusals(0) == {"market": 1, "own": 1, "capacity": 1}


def test_rules_are_told_in_a_fixed_order_by_name() -> None:
    need = Profile("n", "", labels={"stage": frozenset("a")}, **span("ticket", 1))
    offer = Profile("o", "", labels={"access": frozenset("a")}, **span("capacity", high=1))
    names = [rule.name for rule in Constraints.between([need], [offer]).rules]
    assert names == ["market", "own", "access", "stage", "area", "region", "capacity", "ticket"]


def test_an_interval_of_everything_constrains_no_more_than_none() -> None:
    offers = [Profile("o1", ""), Profile("o2", "", **span("depth", 3, 3))]
    for need in (Profile("n", ""), Profile("n", "", **span("depth"))):
        assert Constraints.between([need], offers).allowed(0).all()


def test_a_short_region_covers_those_that_begin_with_it() -> None:
    assert covers("NL", "NL31")
    assert covers("NL31", "NL31")
    assert not covers("NL31", "NL")
    assert not covers("NL31", "NL32")


def test_regions_meet_where_one_lies_in_the_other() -> None:
    assert regions_meet({"BE2", "NL31"}, {"NL3"})
    assert regions_meet({"NL3"}, {"BE2", "NL31"})
    assert not regions_meet({"NL31"}, {"NL32", "BE"})
    assert not regions_meet(set(), {"NL"})
