"""Learning from outcomes: planted counts are found, few outcomes move little, nonsense is refused."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import Part, Weights, chance
from katalysator.engine.matching.calibration import (
    FEWEST_OUTCOMES,
    PRIOR,
    Calibration,
    concordance,
    held_back,
    held_back_odds,
)
from tests.examples import examples

HAND = Weights()
LEARNED = tuple(part for part in Part if part not in (Part.START, Part.JUDGE))
PLANTED: dict[Part, float] = dict(zip(LEARNED, (1.5, 0.5, 2.0, 0.8, 1.2), strict=True))
SHIFT = 2.5
LEAST, MOST = 0.05, 4.0
Parts = dict[Part, FloatArray]

chances = arrays(np.float64, st.integers(2, 60), elements=st.floats(0.0, 1.0))


def market(
    size: int, seed: int = 1, counts: dict[Part, float] = PLANTED
) -> tuple[Parts, FloatArray]:
    """Introductions, scored by the weights there are, whose outcomes follow other counts."""
    random = np.random.default_rng(seed)
    parts = {
        Part.START: np.full(size, HAND.start),
        Part.MEANING: random.normal(1.5, 1.0, size),
        Part.CONCEPTS: random.exponential(1.0, size),
        Part.WORDS: random.exponential(0.7, size),
        Part.SKILLS: random.exponential(0.7, size) * (random.random(size) < 0.5),
        Part.DIRECTION: -3.0 * random.random(size) * (random.random(size) < 0.4),
    }
    odds = HAND.start + SHIFT + np.sum([counts[part] * parts[part] for part in LEARNED], axis=0)
    return parts, (random.random(size) < chance(odds)).astype(np.float64)


def distance(found: Calibration, counts: dict[Part, float]) -> float:
    return max(abs(found.counts_[part] - counts[part]) for part in LEARNED)


AS_BEFORE: dict[Part, float] = dict.fromkeys(LEARNED, 1.0)


# --- what is learned -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_many_outcomes_bring_back_what_each_part_counts(seed: int) -> None:
    found = Calibration().fit(*market(60_000, seed))
    assert distance(found, PLANTED) < 0.12
    assert found.shift_ == pytest.approx(SHIFT, abs=0.2)
    assert found.outcomes_ == 60_000


def test_the_new_weights_are_the_old_ones_times_what_each_part_counts() -> None:
    weights = Weights.with_careful()
    found = Calibration(weights).fit(*market(3_000))
    assert found.weights_ == weights.times(found.counts_)
    assert found.weights_.start == weights.start
    assert found.weights_.careful == weights.careful * found.counts_[Part.MEANING]


@examples(50)
@given(
    arrays(np.float64, (5, len(LEARNED)), elements=st.floats(-3.0, 3.0)),
    st.lists(st.booleans(), min_size=5, max_size=5).filter(lambda yes: 0 < sum(yes) < 5),
)
def test_five_outcomes_hardly_move_the_weights(value: FloatArray, accepted: list[bool]) -> None:
    parts = dict(zip(LEARNED, value.T, strict=True))
    if np.ptp(value.sum(axis=1)) < 1e-6:
        return
    assert distance(Calibration().fit(parts, accepted), AS_BEFORE) < 0.1


def test_the_stronger_the_prior_the_less_the_weights_move() -> None:
    parts, accepted = market(2_000)
    moved = [
        distance(Calibration(prior=prior).fit(parts, accepted), AS_BEFORE)
        for prior in (1.0, 100.0, PRIOR, 1e4, 1e6, 1e9)
    ]
    assert moved == sorted(moved, reverse=True)
    assert moved[0] > 0.5
    assert moved[-1] < 1e-4


def test_the_more_outcomes_the_nearer_the_truth() -> None:
    errors = [distance(Calibration().fit(*market(size)), PLANTED) for size in (100, 3_000, 100_000)]
    assert errors == sorted(errors, reverse=True)


@examples(25)
@given(st.integers(0, 2**32 - 1), st.integers(100, 400))
def test_no_part_counts_less_than_a_twentieth_or_more_than_four_times(seed: int, size: int) -> None:
    found = Calibration(prior=1.0).fit(*market(size, seed))
    assert all(LEAST <= found.counts_[part] <= MOST for part in LEARNED)
    assert set(found.counts_) == set(LEARNED)


@examples(25)
@given(st.integers(0, 2**32 - 1))
def test_the_answer_is_the_only_one_that_the_posterior_has(seed: int) -> None:
    """The conditions of Karush, Kuhn and Tucker, which suffice because the problem is convex."""
    parts, yes = market(300, seed)
    found = Calibration(prior=50.0).fit(parts, yes)
    wrong = found.predict(parts) - yes
    assert wrong.sum() == pytest.approx(0.0, abs=0.01)
    for part in LEARNED:
        count = found.counts_[part]
        slope = parts[part] @ wrong + 50.0 / 4 * parts[part].var() * (count - 1.0)
        if LEAST < count < MOST:
            assert slope == pytest.approx(0.0, abs=0.1), part
        else:
            assert (slope >= -0.05) if count == LEAST else (slope <= 0.05), part


def test_the_order_of_the_rows_does_not_matter() -> None:
    parts, accepted = market(500)
    order = np.random.default_rng(2).permutation(500)
    one = Calibration().fit(parts, accepted)
    other = Calibration().fit({p: value[order] for p, value in parts.items()}, accepted[order])
    assert distance(other, dict(one.counts_)) < 1e-5
    assert other.predict(parts) == pytest.approx(one.predict(parts), abs=1e-5)


def test_the_same_input_gives_the_same_bits() -> None:
    one, other = (Calibration().fit(*market(500)) for _ in range(2))
    assert (one.weights_, one.shift_) == (other.weights_, other.shift_)


@pytest.mark.parametrize("value", [None, 0.0, -3.0, 7.5])
def test_a_part_that_is_absent_or_the_same_everywhere_keeps_its_weight(value: float | None) -> None:
    parts, accepted = market(800)
    del parts[Part.WORDS]
    if value is not None:
        parts[Part.WORDS] = np.full(800, value)
    found = Calibration(prior=1.0).fit(parts, accepted)
    assert found.counts_[Part.WORDS] == 1.0
    assert found.weights_.words == HAND.words


def test_where_a_pair_starts_from_is_not_learned() -> None:
    parts, accepted = market(2_000)
    lower = {**parts, Part.START: parts[Part.START] - 3.0}
    one, other = Calibration().fit(parts, accepted), Calibration().fit(lower, accepted)
    assert other.weights_.start == one.weights_.start == HAND.start
    assert other.shift_ == pytest.approx(one.shift_ + 3.0, abs=1e-3)


def test_a_part_that_lost_its_evidence_comes_back_with_new_evidence() -> None:
    lost = Calibration(prior=1.0).fit(*market(30_000, counts={**PLANTED, Part.SKILLS: 0.0}))
    assert lost.counts_[Part.SKILLS] < 0.1
    parts, accepted = market(30_000)
    scored = {part: value * lost.counts_.get(part, 1.0) for part, value in parts.items()}
    back = Calibration(lost.weights_, prior=1.0).fit(scored, accepted)
    assert back.counts_[Part.SKILLS] * lost.counts_[Part.SKILLS] > 3 * lost.counts_[Part.SKILLS]


def test_the_chances_are_those_of_the_outcomes() -> None:
    parts, accepted = market(2_000)
    found = Calibration().fit(parts, accepted)
    odds = parts[Part.START] + found.shift_
    odds = odds + sum(found.counts_[part] * parts[part] for part in LEARNED)
    assert found.predict(parts) == pytest.approx(chance(odds))
    assert found.predict(parts).mean() == pytest.approx(accepted.mean(), abs=1e-4)
    assert found.predict({part: np.zeros(0) for part in Part}).shape == (0,)


# --- what is refused -----------------------------------------------------------------------------

FINE: Parts = {Part.MEANING: np.array([0.1, 0.2, 0.6])}


@pytest.mark.parametrize(
    ("parts", "accepted", "message"),
    [
        (FINE, [1, 1, 1], "all outcomes are alike"),
        (FINE, [], "all outcomes are alike"),
        (FINE, [0, 1, 2], "list of 0 and 1"),
        (FINE, [0, 1, np.nan], "list of 0 and 1"),
        (FINE, [[0, 1, 1]], "list of 0 and 1"),
        (FINE, [0, 1], "meaning has 3 values for 2 outcomes"),
        ({Part.MEANING: [0.1, np.nan, 0.2]}, [0, 1, 1], "meaning has values that are not finite"),
        ({Part.START: [0.1, np.inf, 0.2]}, [0, 1, 1], "start has values that are not finite"),
        ({Part.MEANING: [0.2, 0.2, 0.2]}, [0, 1, 1], "all scores are alike"),
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
    best = concordance(sum(PLANTED[part] * parts[part] for part in LEARNED), accepted)
    assert found.is_better
    assert found.before < found.after == pytest.approx(best, abs=0.005)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_learned_from_chance_is_worth_nothing(seed: int) -> None:
    parts, _ = market(2_000)
    found = held_back(parts, np.random.default_rng(seed).random(2_000) < 0.5, prior=100.0)
    assert abs(found.after - 0.5) < 0.04
    assert found.after - found.before < 3 * found.error


def test_too_few_outcomes_to_hold_any_back() -> None:
    parts, accepted = market(200)
    few = np.r_[
        np.flatnonzero(accepted == 0.0), np.flatnonzero(accepted == 1.0)[: FEWEST_OUTCOMES - 1]
    ]
    with pytest.raises(ValueError, match="fewer than 10 of an outcome"):
        held_back({part: value[few] for part, value in parts.items()}, accepted[few])


def test_a_group_is_judged_by_weights_that_never_saw_it() -> None:
    parts, yes = market(300, seed=4)
    group = np.arange(300) // 10
    found = held_back_odds(parts, yes, group, prior=50.0)
    held = group % 5 == 0
    rest = {part: np.asarray(value)[~held] for part, value in parts.items()}
    counts = Calibration(prior=50.0).fit(rest, np.asarray(yes)[~held]).counts_
    mine = sum(counts.get(part, 1.0) * np.asarray(value)[held] for part, value in parts.items())
    assert np.allclose(found[held], mine)


def test_one_group_cannot_be_held_back() -> None:
    parts, yes = market(40, seed=4)
    with pytest.raises(ValueError, match="one group only"):
        held_back_odds(parts, yes, np.zeros(40))
