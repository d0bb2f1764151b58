"""Why a pair fits: only facts of the two profiles, and of what would change it the most."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from katalysator.engine.matching import (
    Busy,
    Explanation,
    Part,
    Profile,
    Reach,
    Strength,
    Weights,
    explain,
    score,
    strength,
)
from katalysator.engine.matching.explanation import GOOD, STRONG, Change, busy
from tests.engine.makers import FEW, profiles, sides

NEED = Profile(
    "n",
    "Longscans herkennen",
    "Wij zoeken hulp bij beelden van longen",
    language="nl",
    areas=frozenset({"zorg", "data"}),
    regions=frozenset({"NL31"}),
    skills=("deep learning", "radiologie"),
    labels={"level": frozenset({"hbo", "wo"}), "stage": frozenset({"seed"})},
)
OFFER = Profile(
    "o",
    "Beelden herkennen",
    "Wij helpen met Deep Learning voor longen",
    language="nl",
    areas=frozenset({"zorg", "agro"}),
    regions=frozenset({"NL"}),
    labels={"level": frozenset({"wo", "mbo", "hbo"})},
)
FULL = {
    Part.SUBJECT: 0.65,
    Part.WORDS: 0.01,
    Part.SKILLS: 0.03,
    Part.AREAS: 0.30,
    Part.REGION: 0.01,
}


def parts_of(need: Profile, offer: Profile) -> dict[Part, float]:
    asking, giving = sides([need], [offer])
    here = np.zeros(1, np.intp)
    return {p: float(value[0]) for p, value in score(asking, giving, here, here).parts.items()}


def explained(need: Profile = NEED, offer: Profile = OFFER, pressure: float = 0.0) -> Explanation:
    return explain(need, offer, parts_of(need, offer), pressure=pressure)


@pytest.mark.parametrize(
    ("value", "step"),
    [
        (1.0, Strength.STRONG),
        (STRONG, Strength.STRONG),
        (STRONG - 1e-9, Strength.GOOD),
        (GOOD, Strength.GOOD),
        (GOOD - 1e-9, Strength.WEAK),
        (-0.5, Strength.WEAK),
    ],
)
def test_a_score_has_one_of_three_strengths(value: float, step: Strength) -> None:
    assert strength(value) is step


@pytest.mark.parametrize(
    ("pressure", "step"),
    [
        (0.0, Busy.QUIET),
        (0.05, Busy.QUIET),
        (0.051, Busy.WANTED),
        (0.399, Busy.WANTED),
        (0.4, Busy.CROWDED),
        (1.0, Busy.CROWDED),
    ],
)
def test_pressure_has_one_of_three_steps(pressure: float, step: Busy) -> None:
    assert busy(pressure) is step
    assert explained(pressure=pressure).busy is step


@FEW
@given(profiles(), profiles())
def test_every_fact_is_true_of_the_two_profiles(need: Profile, offer: Profile) -> None:
    parts = parts_of(need, offer)
    facts = explain(need, offer, parts)
    assert facts.strength is strength(sum(parts.values()))
    assert sorted((*facts.shared_skills, *facts.missing_skills)) == sorted(need.skills)
    assert set(facts.shared_areas) == need.areas & offer.areas
    assert set(facts.missing_areas) <= need.areas - offer.areas
    assert all(word in offer.said.lower() and len(word) >= 5 for word in facts.shared_words)
    assert all(word in need.said.lower() for word in facts.shared_words)
    assert len(facts.shared_words) <= 3
    for name, shared in facts.shared_labels:
        assert set(shared) == need.labels[name] & offer.labels[name]
    assert (facts.region is None) == (not need.regions or not offer.regions)
    assert facts.languages_differ == (need.language != offer.language)


def test_skills_are_met_where_the_offer_says_their_words_anywhere() -> None:
    facts = explained()
    assert facts.shared_skills == ("deep learning",)
    assert facts.missing_skills == ("radiologie",)


def test_shared_words_are_the_long_ones_in_the_order_of_the_need() -> None:
    assert explained().shared_words == ("herkennen", "beelden", "longen")


def test_areas_and_labels_in_common_come_in_order() -> None:
    facts = explained()
    assert (facts.shared_areas, facts.missing_areas) == (("zorg",), ("data",))
    assert facts.shared_labels == (("level", ("hbo", "wo")),)


def test_areas_are_not_missed_in_an_offer_that_names_none() -> None:
    assert explained(offer=replace(OFFER, areas=frozenset())).missing_areas == ()


@pytest.mark.parametrize(
    ("regions", "fits"),
    [({"NL31"}, Reach.SAME), ({"NL"}, Reach.WIDER), ({"NL32"}, Reach.OTHER), (set(), None)],
)
def test_regions_meet_or_not_or_are_not_stated(regions: set[str], fits: Reach | None) -> None:
    assert explained(offer=replace(OFFER, regions=frozenset(regions))).region is fits


def test_languages_differ_only_where_both_are_known() -> None:
    assert explained(offer=replace(OFFER, language="en")).languages_differ
    assert not explained().languages_differ
    assert not explained(offer=replace(OFFER, language="")).languages_differ


def test_an_offer_that_asks_is_said_to_go_astray() -> None:
    asks = replace(OFFER, title="Gezocht: beelden", text="Wij zoeken scans. Wie heeft ze?")
    assert explained(offer=asks).astray
    assert not explained().astray


@pytest.mark.parametrize(
    ("share", "step"),
    [(1.0, Strength.STRONG), (0.65, Strength.STRONG), (0.5, Strength.GOOD), (0.4, Strength.WEAK)],
)
def test_the_subject_has_a_strength_of_its_own(share: float, step: Strength) -> None:
    parts = {**FULL, Part.SUBJECT: 0.65 * share}
    assert explain(NEED, OFFER, parts).subject is step
    heavy = {**FULL, Part.SUBJECT: 0.5 * share}
    assert explain(NEED, OFFER, heavy, weights=Weights(subject=0.5)).subject is step


# --- what would change it ------------------------------------------------------------------------

SUM = sum(FULL.values())


def told(*changes: Change) -> Change | None:
    return explain(NEED, OFFER, FULL, changes=changes).change


def test_nothing_is_told_where_nothing_would_change_the_score() -> None:
    assert told() is None


def test_only_the_change_that_gains_most_is_told() -> None:
    less, most = Change(Part.SKILLS, SUM + 0.02, ("x",)), Change(Part.REGION, SUM + 0.03, ("NL31",))
    assert told(less, most) is most
    assert told(most, less) is most


def test_a_change_too_small_to_see_or_for_the_worse_is_not_told() -> None:
    assert told(Change(Part.PRESSURE, SUM + 0.0099)) is None
    assert told(Change(Part.SKILLS, SUM - 0.2, ("x",))) is None
    assert told(Change(Part.PRESSURE, SUM + 0.0101)) is not None
