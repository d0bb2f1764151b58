"""The soft matching: its equations hold, it can be worked out by hand, and it tends to the optimum."""

from itertools import pairwise, product
from math import exp, sqrt

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching import Allocation, Certificate, Edges, exact, verify
from katalysator.engine.matching.allocation.equilibrium import Equilibrium, equilibrium
from katalysator.engine.matching.allocation.threads import SMALL
from tests.examples import examples

Case = tuple[Edges, IntArray]
SINGLE = 1e-6  # of float32 shares
CLOSE, FINE = 1e-3, 1e-9  # residuals


@st.composite
def markets(draw: st.DrawFn) -> Case:
    """Small markets: empty sides, lonely people, closed openings."""
    people, openings = draw(st.integers(0, 8)), draw(st.integers(0, 6))
    pairs = list(product(range(people), range(openings)))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    score = draw(st.lists(st.floats(0.0, 1.0), min_size=len(chosen), max_size=len(chosen)))
    person, opening = (np.array([pair[side] for pair in chosen], int) for side in (0, 1))
    edges = Edges.from_pairs(person, opening, score, people, openings)
    capacity = draw(st.lists(st.integers(0, 4), min_size=openings, max_size=openings))
    return edges, np.array(capacity, np.int64)


def drawn(people: int, openings: int, *, seed: int = 1) -> Case:
    random = np.random.default_rng(seed)
    person, opening = np.nonzero(random.random((people, openings)) < 0.4)
    edges = Edges.from_pairs(person, opening, random.random(person.size), people, openings)
    return edges, random.integers(0, 2 * people // openings, openings)


def row_of(edges: Edges) -> IntArray:
    return np.repeat(np.arange(edges.people), np.diff(edges.start))


def sums(edges: Edges, found: Equilibrium) -> tuple[FloatArray, FloatArray]:
    """Expected matches of each person and of each opening."""
    by_person, by_opening = np.zeros(edges.people), np.zeros(edges.openings)
    np.add.at(by_person, row_of(edges), found.expected)
    np.add.at(by_opening, edges.opening, found.expected)
    return by_person, by_opening


# --- the equations -------------------------------------------------------------------------------


@examples(200)
@given(markets(), st.sampled_from([0.02, 0.05, 0.5, 10.0]))
def test_people_seats_and_shares_add_up(case: Case, beta: float) -> None:
    edges, capacity = case
    found = equilibrium(edges, capacity, beta=beta, tolerance=CLOSE, rounds=10_000)
    by_person, by_opening = sums(edges, found)
    assert found.residual <= CLOSE
    assert by_person + found.unmatched == pytest.approx(1.0, abs=SINGLE)
    assert by_opening + found.vacant == pytest.approx(capacity, abs=1.01 * CLOSE * edges.people)
    free = np.sqrt(found.unmatched[row_of(edges)] * found.vacant[edges.opening])
    weight = np.exp(edges.score / (2 * beta))
    assert found.expected == pytest.approx(free * weight, rel=1e-6, abs=1e-30)


@examples(200)
@given(markets(), st.integers(1, 5))
def test_stopped_early_it_says_how_far_it_came(case: Case, rounds: int) -> None:
    edges, capacity = case
    found = equilibrium(edges, capacity, tolerance=FINE, rounds=rounds)
    by_person, by_opening = sums(edges, found)
    excess = by_opening + found.vacant - capacity
    assert found.rounds <= rounds
    assert by_person + found.unmatched == pytest.approx(1.0, abs=SINGLE)
    assert (excess >= -8 * SINGLE).all()
    assert np.abs(excess).sum() / max(edges.people, 1) == pytest.approx(found.residual, abs=1e-5)


@examples(100)
@given(markets())
def test_prices_rise_from_round_to_round(case: Case) -> None:
    edges, capacity = case
    prices = [
        equilibrium(edges, capacity, tolerance=FINE, rounds=rounds).prices
        for rounds in (1, 2, 3, 10, 100)
    ]
    assert all((late >= early - 1e-12).all() for early, late in pairwise(prices))


@examples(100)
@given(markets(), st.data())
def test_a_higher_score_brings_more_matches_to_its_edge(case: Case, data: st.DataObject) -> None:
    edges, capacity = case
    if not edges.score.size:
        return
    edge = data.draw(st.integers(0, edges.score.size - 1))
    score = edges.score.copy()
    score[edge] += data.draw(st.floats(0.0, 1.0))
    person, opening = row_of(edges), edges.opening
    better = Edges.from_pairs(person, opening, score, edges.people, edges.openings)
    same = (row_of(better) == person[edge]) & (better.opening == opening[edge])
    before, after = (
        equilibrium(each, capacity, beta=0.5, tolerance=FINE).expected for each in (edges, better)
    )
    assert after[same][0] >= before[edge] - SINGLE


# --- by hand -------------------------------------------------------------------------------------


@pytest.mark.parametrize("beta", [1e-6, 0.01, 0.05, 1.0, 1e6])
@pytest.mark.parametrize("score", [0.0, 0.3, 1.0])
def test_one_person_and_one_seat(score: float, beta: float) -> None:
    edges = Edges.from_pairs([0], [0], [score], persons=1, openings=1)
    found = equilibrium(edges, np.array([1]), beta=beta)
    weight = exp(min(score / (2 * beta), 700.0))  # m == (1 - m) * weight
    assert found.expected[0] == pytest.approx(weight / (1 + weight), abs=1.01 * CLOSE)
    assert found.vacant[0] + found.expected[0] == pytest.approx(1.0, abs=1.01 * CLOSE)


def test_people_and_seats_that_are_all_alike() -> None:
    people, openings, seats, beta = 30, 5, 4, 0.1
    person, opening = np.divmod(np.arange(people * openings), openings)
    edges = Edges.from_pairs(person, opening, np.full(person.size, 0.6), people, openings)
    found = equilibrium(edges, np.full(openings, seats), beta=beta, tolerance=FINE)
    assert np.ptp(found.expected) < SINGLE
    share = float(found.expected[0])
    unmatched, vacant = 1 - openings * share, seats - people * share
    assert share == pytest.approx(sqrt(unmatched * vacant) * exp(0.6 / (2 * beta)), rel=1e-3)
    assert found.prices == pytest.approx(-beta * np.log(found.vacant / seats))


def test_a_closed_opening_takes_nobody_and_nothing_from_the_others() -> None:
    both = Edges.from_pairs([0, 0, 1], [0, 1, 0], [0.9, 0.3, 0.8], persons=2, openings=2)
    alone = Edges.from_pairs([0], [1], [0.3], persons=2, openings=2)
    found = equilibrium(both, np.array([0, 1]), tolerance=FINE)
    assert found.expected[both.opening == 0].tolist() == [0.0, 0.0]
    assert found.unmatched[1] == 1.0
    assert found.expected[both.opening == 1] == pytest.approx(
        equilibrium(alone, np.array([0, 1]), tolerance=FINE).expected
    )
    assert found.prices[0] == 0.9


def test_seats_without_number_leave_the_choice_to_the_people() -> None:
    edges, _ = drawn(40, 8)
    found = equilibrium(edges, np.full(8, 10**12), tolerance=FINE)
    best = edges.start[:-1][np.diff(edges.start) > 0]
    assert (found.prices < 1e-6).all()
    assert (found.unmatched[np.diff(edges.start) > 0] < 1e-6).all()
    assert (found.expected[best] >= found.expected[best + 1] - SINGLE).all()


@pytest.mark.parametrize(("people", "openings"), [(0, 0), (0, 3), (3, 0), (3, 3)])
def test_no_edges(people: int, openings: int) -> None:
    found = equilibrium(Edges.from_pairs([], [], [], people, openings), np.ones(openings, int))
    assert found.expected.size == 0
    assert found.unmatched.tolist() == [1.0] * people
    assert found.vacant.tolist() == [1.0] * openings
    assert (found.residual, found.rounds) == (0.0, 0)


def test_no_seats() -> None:
    edges, capacity = drawn(20, 5)
    found = equilibrium(edges, np.zeros_like(capacity))
    assert not found.expected.any()
    assert (found.unmatched == 1.0).all()
    assert (found.prices == edges.score.max()).all()


# --- towards the optimum -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_less_variety_of_taste_brings_the_total_to_the_optimum(seed: int) -> None:
    edges, capacity = drawn(30, 6, seed=seed)
    best = exact(edges, capacity)
    short = []
    for beta in (0.1, 0.03, 0.01, 0.003):
        found = equilibrium(edges, capacity, beta=beta, tolerance=1e-4, rounds=5_000)
        value = float(found.expected @ edges.score)
        short.append(1 - value / best.certificate.value)
        claim = Allocation(best.opening, Certificate(0.0, 0.0, found.prices), rounds=0)
        assert verify(edges, capacity, claim).bound >= best.certificate.value - 1e-6
    assert short == sorted(short, reverse=True)
    assert -1e-4 < short[-1] < 0.01
    assert verify(edges, capacity, claim).gap < 0.02


@pytest.mark.parametrize("beta", [1e-12, 1e-4])
def test_no_temperature_is_too_low_for_the_numbers(beta: float) -> None:
    edges, capacity = drawn(60, 10)
    found = equilibrium(edges, capacity, beta=beta, rounds=50)
    for values in (found.expected, found.unmatched, found.vacant, found.prices):
        assert np.isfinite(values).all()
        assert (values >= 0.0).all()
    assert sums(edges, found)[0] + found.unmatched == pytest.approx(1.0, abs=SINGLE)


# --- again ---------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bits_and_parts_do_not_show() -> None:
    people, openings, degree = 2 * SMALL + 5, 50, 4
    random = np.random.default_rng(2)
    opening = (np.arange(degree) + random.integers(openings - degree, size=(people, 1))).ravel()
    start = np.arange(people + 1) * degree
    score = np.sort(random.random((people, degree)), axis=1)[:, ::-1].ravel()
    edges = Edges(start, opening.astype(np.int32), score, openings)
    capacity = random.integers(0, 600, openings)
    once, again = (equilibrium(edges, capacity, tolerance=1e-5) for _ in range(2))
    assert once.expected.tobytes() == again.expected.tobytes()
    assert sums(edges, once)[1] + once.vacant == pytest.approx(capacity, abs=1.0)
    assert once.residual <= 1e-5


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"beta": 0.0}, "beta is 0.0; it must be a finite number above 0"),
        ({"beta": np.nan}, "beta is nan"),
        ({"beta": 1e-320}, "the highest score, 0.9.*, is too large for beta"),
        ({"tolerance": 0.0}, "tolerance is 0.0; it must lie between 0 and 1"),
        ({"tolerance": 1.0}, "tolerance is 1.0"),
        ({"rounds": 0}, "rounds is 0; it must be at least 1"),
    ],
)
def test_bad_arguments_are_named(options: dict[str, float], message: str) -> None:
    edges, capacity = drawn(20, 5)
    with pytest.raises(ValueError, match=message):
        equilibrium(edges, capacity, **options)  # type: ignore[arg-type]


def test_bad_capacities_are_named() -> None:
    edges, _ = drawn(20, 5)
    with pytest.raises(ValueError, match="opening 2: capacity is -1"):
        equilibrium(edges, np.array([1, 1, -1, 1, 1]))
