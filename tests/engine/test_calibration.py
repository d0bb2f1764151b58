"""Learning from outcomes: planted weights are found, few outcomes move little, nonsense is refused."""

from collections.abc import Mapping
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import Part, Weights
from katalysator.engine.matching.calibration import (
    FEWEST_OUTCOMES,
    PRIOR,
    Bin,
    Calibration,
    Curve,
    brier,
    calibration_error,
    concordance,
    held_back,
    probability,
    reliability,
)
from tests.examples import examples

HAND = Weights()
PLANTED = Weights(0.30, 0.20, 0.25, 0.15, 0.10, 0.40, 0.5)
PARTS = tuple(Part)[: len(astuple(HAND))]
SIGN = np.array([1, 1, 1, 1, 1, -1, -1])
CURVE = Curve(intercept=-4.0, slope=9.0)
Parts = dict[Part, FloatArray]

chances = arrays(np.float64, st.integers(2, 60), elements=st.floats(0.0, 1.0))


def market(size: int, seed: int = 1, truth: Weights = PLANTED) -> tuple[Parts, FloatArray]:
    """Introductions scored by hand-made weights, whose outcomes follow the true ones."""
    random = np.random.default_rng(seed)
    share = random.random((size, len(PARTS))) * SIGN
    chance = probability(share @ np.array(astuple(truth)), CURVE)
    return scored(share, HAND), (random.random(size) < chance).astype(np.float64)


def scored(share: FloatArray, weights: Weights) -> Parts:
    parts = (share * np.array(astuple(weights))).T
    return dict(zip(PARTS, parts, strict=True))


def distance(some: Weights, others: Weights) -> float:
    return float(np.max(np.abs(np.subtract(astuple(some), astuple(others)))))


def shares(parts: Mapping[Part, FloatArray], weights: Weights = HAND) -> FloatArray:
    value = np.stack([parts[part] for part in PARTS], axis=1)
    share: FloatArray = value / np.array(astuple(weights))
    return share


# --- what is learned -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_many_outcomes_bring_back_the_planted_weights(seed: int) -> None:
    found = Calibration().fit(*market(40_000, seed))
    assert distance(found.weights_, PLANTED) < 0.05
    assert found.curve_.slope == pytest.approx(CURVE.slope, rel=0.05)
    assert found.curve_.intercept == pytest.approx(CURVE.intercept, abs=0.25)
    assert found.brier_ < found.brier_before_
    assert found.error_ < 0.02
    assert found.outcomes_ == 40_000


@examples(50)
@given(
    arrays(np.float64, (5, len(PARTS)), elements=st.floats(0.0, 1.0)),
    st.lists(st.booleans(), min_size=5, max_size=5).filter(lambda yes: 0 < sum(yes) < 5),
)
def test_five_outcomes_hardly_move_the_weights(share: FloatArray, accepted: list[bool]) -> None:
    parts = scored(share * SIGN, HAND)
    if np.ptp(np.sum(list(parts.values()), axis=0)) == 0.0:
        return
    assert distance(Calibration().fit(parts, accepted).weights_, HAND) < 0.04


def test_the_stronger_the_prior_the_less_the_weights_move() -> None:
    parts, accepted = market(2_000)
    moved = [
        distance(Calibration(prior=prior).fit(parts, accepted).weights_, HAND)
        for prior in (1.0, 10.0, 100.0, PRIOR, 1e4, 1e6, 1e9)
    ]
    assert moved == sorted(moved, reverse=True)
    assert moved[0] > 0.2
    assert moved[-1] < 1e-4


def test_the_more_outcomes_the_nearer_the_truth() -> None:
    errors = [
        distance(Calibration().fit(*market(size)).weights_, PLANTED)
        for size in (100, 1_000, 10_000, 100_000)
    ]
    assert errors == sorted(errors, reverse=True)


@examples(25)
@given(st.integers(0, 2**32 - 1), st.integers(100, 400))
def test_the_weights_are_at_least_0_and_the_positive_ones_sum_to_1(seed: int, size: int) -> None:
    found = Calibration(prior=5.0).fit(*market(size, seed))
    assert min(astuple(found.weights_)) >= 0.0
    assert sum(astuple(found.weights_)[:5]) == pytest.approx(1.0)
    assert found.curve_.slope > 0.0


@examples(25)
@given(st.integers(0, 2**32 - 1))
def test_the_answer_is_the_only_one_that_the_posterior_has(seed: int) -> None:
    """The conditions of Karush, Kuhn and Tucker, which suffice because the problem is convex."""
    hand, known = np.array(astuple(HAND)), 50.0 * 0.02
    parts, yes = market(300, seed)
    found = Calibration(prior=50.0).fit(parts, yes)
    slopes = np.array(astuple(found.weights_)) * found.curve_.slope
    wrong = 1.0 / (1.0 + np.exp(-(found.curve_.intercept + shares(parts) @ slopes))) - yes
    assert wrong.sum() == pytest.approx(0.0, abs=1e-3)
    centre = slopes + shares(parts).T @ wrong / known
    slope = np.median(centre / hand)  # the weights chosen by hand, times one slope
    free = slopes > 0.0501 * slope * hand  # the others stand at the least that they may be
    assert centre[free] == pytest.approx(slope * hand[free], abs=0.02)
    assert (centre[~free] >= slope * hand[~free] - 1e-3).all()


def test_the_order_of_the_rows_does_not_matter() -> None:
    parts, accepted = market(500)
    order = np.random.default_rng(2).permutation(500)
    one = Calibration().fit(parts, accepted)
    other = Calibration().fit({p: value[order] for p, value in parts.items()}, accepted[order])
    assert astuple(other.weights_) == pytest.approx(astuple(one.weights_), abs=1e-6)
    assert other.predict(parts) == pytest.approx(one.predict(parts), abs=1e-6)


def test_the_same_input_gives_the_same_bits() -> None:
    one, other = (Calibration().fit(*market(500)) for _ in range(2))
    assert one.weights_ == other.weights_
    assert one.curve_ == other.curve_


def test_pressure_teaches_nothing_and_an_absent_part_keeps_its_share() -> None:
    parts, accepted = market(500)
    pressed = {**parts, Part.PRESSURE: -np.ones(500)}
    assert (
        Calibration().fit(pressed, accepted).weights_ == Calibration().fit(parts, accepted).weights_
    )
    del parts[Part.WORDS]
    assert Calibration().fit(parts, accepted).weights_.words == pytest.approx(HAND.words, abs=0.01)


def test_parts_scored_with_other_weights_are_read_as_such() -> None:
    share = np.random.default_rng(4).random((5_000, len(PARTS))) * SIGN
    accepted = probability(share @ np.array(astuple(PLANTED)), CURVE) > 0.5
    equal = Weights(0.2, 0.2, 0.2, 0.2, 0.2, 0.5, 0.5)
    found = Calibration(equal, prior=1.0).fit(scored(share, equal), accepted)
    assert distance(found.weights_, PLANTED) < 0.05


def test_a_part_that_lost_its_evidence_comes_back_with_new_evidence() -> None:
    lost = Calibration(prior=1.0).fit(*market(50_000, truth=replace(PLANTED, skills=0.0))).weights_
    assert 0.0 < lost.skills < 0.03
    parts, accepted = market(20_000)
    back = Calibration(lost, prior=1.0).fit(scored(shares(parts), lost), accepted).weights_
    assert distance(back, PLANTED) < 0.06


def test_what_takes_away_at_most_doubles() -> None:
    parts, _ = market(3_000)
    chance = np.random.default_rng(1).random(3_000) < 0.5
    learned = {part: value for part, value in parts.items() if part in tuple(Part)[:5]}
    found = Calibration(prior=1.0).fit(learned, chance).weights_
    assert found.direction <= 2 * HAND.direction
    assert found.mutual <= 2 * HAND.mutual


def test_a_part_without_weight_stays_out() -> None:
    parts, accepted = market(1_000)
    silent = replace(HAND, region=0.0)
    parts[Part.REGION] = np.zeros(1_000)
    assert Calibration(silent).fit(parts, accepted).weights_.region == 0.0


# --- what is predicted ---------------------------------------------------------------------------


def test_predictions_are_the_curve_of_the_new_score() -> None:
    parts, accepted = market(2_000)
    found = Calibration().fit(parts, accepted)
    score = shares(parts) @ np.array(astuple(found.weights_))
    assert found.predict(parts) == pytest.approx(probability(score, found.curve_))
    assert brier(found.predict(parts), accepted) == pytest.approx(found.brier_)
    assert found.predict(parts).mean() == pytest.approx(accepted.mean(), abs=1e-4)
    assert found.predict({part: np.zeros(0) for part in PARTS}).shape == (0,)


@given(
    arrays(np.float64, 20, elements=st.floats(-2.0, 2.0)),
    st.floats(-50.0, 50.0),
    st.floats(0.0, 100.0),
)
def test_a_higher_score_never_has_a_lower_chance(
    score: FloatArray, intercept: float, slope: float
) -> None:
    chance = probability(np.sort(score), Curve(intercept, slope))
    assert (np.diff(chance) >= 0.0).all()
    assert ((chance >= 0.0) & (chance <= 1.0)).all()


# --- how good the chances are --------------------------------------------------------------------


@given(chances, st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_the_bins_hold_every_outcome_once(said: FloatArray, bins: int, seed: int) -> None:
    seen = np.random.default_rng(seed).random(said.size) < said
    found = reliability(said, seen, bins=bins)
    assert len(found) <= bins
    assert sum(each.count for each in found) == said.size
    assert sum(each.count * each.predicted for each in found) == pytest.approx(said.sum())
    assert sum(each.count * each.observed for each in found) == pytest.approx(seen.sum())
    assert [each.predicted for each in found] == sorted(each.predicted for each in found)


def test_ten_bins_of_like_size() -> None:
    said = np.linspace(0.0, 1.0, 1_000)
    assert [each.count for each in reliability(said, said > 0.5)] == [100] * 10


def test_equal_chances_stay_in_one_bin() -> None:
    assert reliability(np.full(4, 0.25), [0, 0, 1, 0]) == (Bin(4, 0.25, 0.25),)


def test_the_calibration_error_weighs_the_bins_by_size() -> None:
    assert calibration_error([Bin(3, 0.2, 0.3), Bin(1, 0.9, 0.5)]) == pytest.approx(0.175)
    assert calibration_error([]) == 0.0
    assert reliability(np.zeros(0), []) == ()


def test_brier_is_the_mean_squared_distance() -> None:
    assert brier(np.array([1.0, 0.5]), [1, 0]) == pytest.approx(0.125)


# --- what is refused -----------------------------------------------------------------------------

FINE = {Part.SUBJECT: np.array([0.1, 0.2, 0.6])}


@pytest.mark.parametrize(
    ("parts", "accepted", "message"),
    [
        (FINE, [1, 1, 1], "all outcomes are alike"),
        (FINE, [], "all outcomes are alike"),
        (FINE, [0, 1, 2], "list of 0 and 1"),
        (FINE, [0, 1, np.nan], "list of 0 and 1"),
        (FINE, [[0, 1, 1]], "list of 0 and 1"),
        (FINE, [0, 1], "subject has 3 values for 2 outcomes"),
        ({Part.SUBJECT: [0.1, np.nan, 0.2]}, [0, 1, 1], "subject has values that are not finite"),
        ({Part.AREAS: [0.1, np.inf, 0.2]}, [0, 1, 1], "areas has values that are not finite"),
        ({Part.SUBJECT: [0.2, 0.2, 0.2]}, [0, 1, 1], "all scores are alike"),
        ({}, [0, 1, 1], "all scores are alike"),
    ],
)
def test_nonsense_is_refused(parts: Parts, accepted: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Calibration().fit(parts, accepted)


@pytest.mark.parametrize("prior", [0.0, -1.0, np.nan, np.inf])
def test_the_prior_is_a_number_of_outcomes(prior: float) -> None:
    with pytest.raises(ValueError, match="number of outcomes above 0"):
        Calibration(prior=prior).fit(FINE, [0, 1, 1])


def test_outcomes_that_speak_against_every_part_are_not_turned_into_weights() -> None:
    parts, accepted = market(5_000)
    with pytest.raises(ValueError, match="against every part"):
        Calibration(prior=1e-3).fit(parts, 1.0 - accepted)


def test_there_is_nothing_to_predict_before_learning() -> None:
    with pytest.raises(ValueError, match="before `fit`"):
        Calibration().predict(FINE)


# --- what it is worth ----------------------------------------------------------------------------


@settings(deadline=None)  # the first call imports scipy
@given(chances, st.integers(0, 9))
def test_concordance_counts_the_pairs_that_are_in_order(score: FloatArray, seed: int) -> None:
    yes = np.random.default_rng(seed).permutation(np.arange(score.size) % 2 == 0)
    took, did_not = score[yes][:, None], score[~yes]
    counted = np.mean((took > did_not) + (took == did_not) / 2)
    assert concordance(score, yes) == pytest.approx(counted)


def test_what_is_learned_from_many_tells_outcomes_apart_that_were_held_back() -> None:
    parts, accepted = market(20_000)
    found = held_back(parts, accepted)
    best = concordance(shares(parts) @ np.array(astuple(PLANTED)), accepted)
    assert found.is_better
    assert found.before < found.after == pytest.approx(best, abs=0.005)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_learned_from_chance_is_worth_nothing(seed: int) -> None:
    parts, _ = market(2_000)
    found = held_back(parts, np.random.default_rng(seed).random(2_000) < 0.5, prior=1.0)
    assert abs(found.after - 0.5) < 0.04
    assert found.after - found.before < 3 * found.error


def test_pressure_is_no_part_of_what_is_judged() -> None:
    parts, accepted = market(300)
    assert held_back({**parts, Part.PRESSURE: -accepted}, accepted) == held_back(parts, accepted)


def test_too_few_outcomes_to_hold_any_back() -> None:
    parts, accepted = market(60)
    few = np.r_[
        np.flatnonzero(accepted == 1.0), np.flatnonzero(accepted == 0.0)[: FEWEST_OUTCOMES - 1]
    ]
    with pytest.raises(ValueError, match="fewer than 10 of an outcome"):
        held_back({part: value[few] for part, value in parts.items()}, accepted[few])
