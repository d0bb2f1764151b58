"""Rounds: the best that can be, without regret, and what is proven of it."""

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from katalysator.engine.matching import (
    NOBODYS,
    Cap,
    RoundMarket,
    best_round,
    prove,
    round_in_turn,
    round_outcome,
    stable_round,
    stopped_by,
)

SIDE = 6


@st.composite
def markets(draw: st.DrawFn) -> tuple[RoundMarket, np.ndarray, np.ndarray]:
    """Small markets: needs and offers with a most each, organisations over them, and places kept for some needs."""
    seed = draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    there = np.flatnonzero(random.random(SIDE * SIDE) < draw(st.floats(0.1, 0.9)))
    need, offer = there // SIDE, there % SIDE
    score = random.random(need.size)
    if draw(st.booleans()):
        score = np.round(score, 1)  # with equal ones, and with 0
    of_need, of_offer = random.integers(0, 3, SIDE), random.integers(0, 3, SIDE)
    kept = random.random(SIDE) < 0.5
    caps = [
        Cap(of_need[need], random.integers(0, 4, 3)),
        Cap(of_offer[offer], random.integers(1, 4, 3)),
        Cap(need, random.integers(0, 3, SIDE)),
        Cap(np.where(kept[need], NOBODYS, offer), random.integers(0, 2, SIDE)),
        Cap(offer, random.integers(0, 3, SIDE)),
    ]
    forbidden = random.random(need.size) < 0.1
    fixed = np.zeros(need.size, np.bool_)
    for pair in np.flatnonzero(random.random(need.size) < draw(st.sampled_from((0.0, 0.3)))):
        tried = fixed.copy()
        tried[pair] = not forbidden[pair]
        if all((cap.load(tried) <= cap.limit).all() for cap in caps):
            fixed = tried
    return RoundMarket(score, caps, fixed, forbidden), need, offer


def _yardstick(market: RoundMarket) -> float:
    """The most that can be, by whole numbers."""
    if not len(market):
        return 0.0
    rows = [
        (cap.group == group, cap.limit[group])
        for cap in market.caps
        for group in range(cap.limit.size)
    ]
    holds = LinearConstraint(
        np.array([each for each, _ in rows], np.float64), -np.inf, [most for _, most in rows]
    )
    lowest, highest = market.fixed.astype(float), (~market.forbidden).astype(float)
    found = milp(
        -market.score,
        integrality=np.ones(len(market), np.int64),
        bounds=Bounds(lowest, highest),
        constraints=holds,
    )
    return -float(found.fun or 0.0)


@given(markets())
def test_the_best_round_is_as_good_as_whole_numbers_can_tell_and_proves_it(
    drawn: tuple[RoundMarket, np.ndarray, np.ndarray],
) -> None:
    market, _need, _offer = drawn
    found = best_round(market)
    assert found.proof is not None
    assert found.proof.value == pytest.approx(_yardstick(market), abs=1e-6)
    assert found.proof.bound == pytest.approx(found.proof.value, abs=1e-6)
    assert not (found.taken & (market.score <= 0.0) & ~market.fixed).any()


@given(markets())
def test_no_round_is_worth_more_than_what_any_prices_prove(
    drawn: tuple[RoundMarket, np.ndarray, np.ndarray],
) -> None:
    market, need, _offer = drawn
    random = np.random.default_rng(len(market))
    prices = [random.random(cap.limit.size) for cap in market.caps]
    best = best_round(market)
    for choice in (stable_round(market), round_in_turn(market, need), best):
        shown = prove(market, choice.taken, prices)
        assert shown.value <= shown.bound + 1e-9
        assert shown.value <= best.proof.value + 1e-6  # type: ignore[union-attr]


@given(markets())
def test_nobody_left_out_of_a_stable_round_has_a_reason_to_step_over_it(
    drawn: tuple[RoundMarket, np.ndarray, np.ndarray],
) -> None:
    market, _need, _offer = drawn
    taken = stable_round(market).taken
    for pair in np.flatnonzero(market.free & ~taken):
        full = [
            market.score[taken & (cap.group == cap.group[pair])]
            for cap in market.caps
            if cap.group[pair] != NOBODYS and cap.is_full(taken)[pair]
        ]
        fixed = [taken & market.fixed & (cap.group == cap.group[pair]) for cap in market.caps]
        assert any((score >= market.score[pair]).all() for score in full) or any(
            each.any()
            for each in fixed  # who is fixed stays, whatever it is worth
        )


@given(markets())
def test_who_got_nothing_was_stopped_by_a_cap(
    drawn: tuple[RoundMarket, np.ndarray, np.ndarray],
) -> None:
    market, _need, _offer = drawn
    taken = best_round(market).taken
    stopped = stopped_by(market, taken)
    assert (stopped[market.free & ~taken] >= 0).all()


def test_the_first_cap_that_is_full_is_told() -> None:
    group = np.array([0, 0])
    none = np.zeros(2, np.bool_)
    market = RoundMarket(np.array([0.9, 0.8]), [Cap.same(group, 2), Cap.same(group, 1)], none, none)
    assert stopped_by(market, best_round(market).taken).tolist() == [1, 1]


def test_an_outcome_counts_both_sides_and_says_how_even_it_is() -> None:
    need, offer = np.array([0, 1, 2]), np.array([0, 0, 1])
    none = np.zeros(3, np.bool_)
    market = RoundMarket(np.array([0.9, 0.8, 0.4]), [Cap.same(need, 1)], none, none)
    told = round_outcome(market, need, offer, best_round(market))
    assert (told.pairs, told.needs, told.offers, told.lowest) == (3, 3, 2, 0.4)
    assert told.mean == pytest.approx(0.7)
    assert told.missing == 0.0
    assert told.uneven == pytest.approx(1 / 6)


def test_nothing_fits_and_nothing_is_taken() -> None:
    empty, none = np.zeros(0, np.int64), np.zeros(0, np.bool_)
    market = RoundMarket(np.zeros(0), [Cap.same(empty, 1)], none, none)
    told = round_outcome(market, empty, empty, best_round(market))
    assert (told.pairs, told.value, told.mean, told.missing) == (0, 0.0, 0.0, 0.0)
    assert not stable_round(market).taken.size


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"score": np.array([0.5, np.nan])}, "pair 1: score is nan"),
        ({"score": np.array([0.5])}, "there are 1 scores"),
        (
            {"fixed": np.array([True, False]), "forbidden": np.array([True, False])},
            "pair 0 is fixed",
        ),
        ({"fixed": np.array([True, True])}, "group 0: 2 pairs are fixed"),
    ],
)
def test_what_does_not_belong_together_is_refused(
    said: dict[str, np.ndarray], sentence: str
) -> None:
    none = np.zeros(2, np.bool_)
    whole = {"score": np.array([0.5, 0.6]), "fixed": none, "forbidden": none, **said}
    with pytest.raises(ValueError, match=sentence):
        RoundMarket(caps=[Cap.same(np.array([0, 0]), 1)], **whole)


def test_a_cap_of_less_than_nothing_and_a_pair_of_no_group_are_refused() -> None:
    with pytest.raises(ValueError, match="group 0: the most is -1"):
        Cap(np.array([0]), np.array([-1]))
    with pytest.raises(ValueError, match="pair 1: there is no group 3"):
        Cap(np.array([0, 3]), np.array([1]))


def test_a_proof_refuses_what_no_cap_allows() -> None:
    none = np.zeros(2, np.bool_)
    market = RoundMarket(np.array([0.9, 0.8]), [Cap.same(np.array([0, 0]), 1)], none, none)
    with pytest.raises(ValueError, match="more pairs of a group"):
        prove(market, np.array([True, True]), [np.zeros(1)])
    with pytest.raises(ValueError, match="negative or no number"):
        prove(market, none, [np.array([-1.0])])
    shut = RoundMarket(market.score, market.caps, none, ~none)
    with pytest.raises(ValueError, match="a forbidden pair is taken"):
        prove(shut, ~none, [np.zeros(1)])
