"""The auction over shards, in one process: what a shard does, what all of them reach together."""

import subprocess
import sys
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from katalysator.engine.arrays import IntArray
from katalysator.engine.matching import (
    UNPLACED,
    Allocation,
    Edges,
    allocate,
    allocate_sharded,
    exact,
    verify,
)
from katalysator.engine.matching.allocation.sharded.coordinator import LOSSES
from katalysator.engine.matching.allocation.sharded.crews import Crew, Inline, Lost, ShardMethod
from katalysator.engine.matching.allocation.sharded.plan import Bids, Turn, arranged, divide
from katalysator.engine.matching.allocation.sharded.shard import Shard
from katalysator.engine.matching.allocation.sharded.solver import solve
from katalysator.engine.matching.allocation.solver import highest
from tests.examples import examples

Case = tuple[Edges, IntArray]
SLACK = 1e-5  # of the linear programme, for scores up to 1
FIT = st.floats(0.0, 1.0) | st.sampled_from([0.0, 0.25, 0.5, 1.0])


@st.composite
def markets(draw: st.DrawFn) -> Case:
    """Small markets: empty sides, lonely people, closed openings, too many or too few seats."""
    people, openings = draw(st.integers(0, 12)), draw(st.integers(0, 8))
    pairs = [(i, j) for i in range(people) for j in range(openings)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    score = draw(st.lists(FIT, min_size=len(chosen), max_size=len(chosen)))
    capacity = draw(st.lists(st.integers(0, 4), min_size=openings, max_size=openings))
    person, opening = ([pair[side] for pair in chosen] for side in (0, 1))
    edges = Edges.from_pairs(person, opening, score, people, openings)
    return edges, np.array(capacity, np.int64)


def busy_market(people: int = 2_000, openings: int = 300, degree: int = 20) -> Case:
    """Some openings are more popular than others, and there are seats for a half or so."""
    random = np.random.default_rng(1)
    opening = random.permuted(np.tile(np.arange(openings), (people, 1)), axis=1)[:, :degree]
    score = (random.random(opening.shape) + random.random(openings)[opening]) / 2
    person = np.repeat(np.arange(people), degree)
    edges = Edges.from_pairs(person, opening.ravel(), score.ravel(), people, openings)
    return edges, random.integers(0, people // openings + 1, openings)


def equal_rows(people: int, scores: Sequence[float]) -> Edges:
    """Everybody thinks the same of every opening."""
    person, opening = np.divmod(np.arange(people * len(scores)), len(scores))
    return Edges.from_pairs(person, opening, np.tile(scores, people), people, len(scores))


def same_bits(one: Allocation, other: Allocation) -> bool:
    mine, theirs = one.certificate, other.certificate
    return (
        one.opening.tobytes() == other.opening.tobytes()
        and mine.prices.tobytes() == theirs.prices.tobytes()
        and (mine.value, mine.bound, one.rounds) == (theirs.value, theirs.bound, other.rounds)
    )


def solve_by(crew: Crew, edges: Edges, capacity: IntArray, workers: int = 2) -> Allocation:
    """`allocate_sharded` with a crew of the caller."""
    return solve(crew, divide(edges, capacity, workers), gap=1e-4)


# --- against the optimum -------------------------------------------------------------------------


@examples(150)
@given(markets(), st.sampled_from([1e-2, 1e-4]), st.integers(1, 4))
def test_value_is_within_the_gap_of_the_optimum(case: Case, gap: float, workers: int) -> None:
    edges, capacity = case
    best = exact(edges, capacity).certificate.value
    found = allocate_sharded(edges, capacity, gap=gap, workers=workers)
    proof = verify(edges, capacity, found)
    assert found.certificate.gap <= gap
    assert found.certificate.value == pytest.approx(proof.value)
    assert found.certificate.bound == pytest.approx(proof.bound)
    assert best * (1 - gap) - SLACK <= proof.value <= best + SLACK
    load = np.bincount(found.opening[found.opening != UNPLACED], minlength=edges.openings)
    assert not found.certificate.prices[load < capacity].any()


def test_certificate_is_as_good_as_that_of_one_process() -> None:
    edges, capacity = busy_market()
    alone, shared = allocate(edges, capacity), allocate_sharded(edges, capacity)
    assert verify(edges, capacity, shared).gap <= 1e-4
    low, high = alone.certificate.value, alone.certificate.bound
    assert low * (1 - 1e-4) <= shared.certificate.value <= high


def test_single_precision_scores_are_kept_and_solved() -> None:
    edges, capacity = busy_market()
    single = Edges(edges.start, edges.opening, edges.score.astype(np.float32), edges.openings)
    assert verify(single, capacity, allocate_sharded(single, capacity)).gap <= 1e-4


@pytest.mark.parametrize("seed", range(3))
def test_a_market_of_equal_seats_needs_a_second_phase_and_reaches_the_gap(seed: int) -> None:
    random = np.random.default_rng(seed)
    groups = np.repeat(random.random((8, 12)), 40, axis=0)  # 40 people of each of 8 opinions
    person, opening = np.divmod(np.arange(groups.size), 12)
    edges = Edges.from_pairs(person, opening, groups.ravel(), 320, 12)
    found = allocate_sharded(edges, np.full(12, 20))
    assert found.rounds > 1
    assert verify(edges, np.full(12, 20), found).gap <= 1e-4


def test_equal_scores_and_scarce_seats_are_no_price_war() -> None:
    edges, capacity = equal_rows(2_000, [0.7] * 20), np.full(20, 40)
    found = allocate_sharded(edges, capacity)
    assert found.certificate.value == pytest.approx(560.0)
    assert verify(edges, capacity, found).gap <= 1e-4


def test_a_war_that_made_coarse_increments_is_settled_from_its_prices() -> None:
    edges = equal_rows(3, [1.0, 0.9])
    spare = Edges.from_pairs([0, 0, 1, 1, 2, 2, 2], [0, 1] * 3 + [2], [1.0, 0.9] * 3 + [0.3], 3, 3)
    assert allocate_sharded(edges, np.array([1, 1])).certificate.value == pytest.approx(1.9)
    assert allocate_sharded(spare, np.array([1, 1, 1])).certificate.gap <= 1e-4


def test_a_high_score_at_a_closed_opening_does_not_blur_the_rest() -> None:
    edges = Edges.from_pairs([0, 0, 1, 1], [0, 1, 1, 2], [1e15, 0.3, 0.4, 0.2], 2, 3)
    found = allocate_sharded(edges, np.array([0, 1, 1]))
    assert found.certificate.value == pytest.approx(0.5)
    assert found.certificate.gap <= 1e-4


@pytest.mark.parametrize(("people", "openings"), [(0, 0), (0, 3), (3, 0), (3, 3)])
def test_no_edges(people: int, openings: int) -> None:
    edges = Edges.from_pairs([], [], [], people, openings)
    found = allocate_sharded(edges, np.ones(openings, np.int64))
    assert found.opening.tolist() == [UNPLACED] * people
    assert (found.certificate.bound, found.rounds) == (0.0, 0)


# --- the same bits -------------------------------------------------------------------------------


class Forgetful(Inline):
    """Loses a worker, with all that it held, at given calls; the others have done their part."""

    def __init__(self, workers: int, lapses: dict[int, int]) -> None:
        super().__init__(workers)
        self.calls, self.lapses, self.lost_at = 0, lapses, list[str]()

    def call(self, method: ShardMethod, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        self.calls += 1
        replies = super().call(method, arguments)
        if self.calls in self.lapses:
            self.lost_at.append(method)
            raise Lost({self.lapses[self.calls]})
        return replies

    def replace(self, workers: Collection[int]) -> None:
        for place in workers:
            self._shards[place] = Shard()


def test_lost_workers_change_nothing_whatever_they_were_doing(
    pytestconfig: pytest.Config,
) -> None:
    edges, capacity = busy_market()
    plain, calls = allocate_sharded(edges, capacity), Forgetful(2, {})
    assert same_bits(solve_by(calls, edges, capacity), plain)
    seen = set[str]()
    everywhere, some = range(1, calls.calls + 1), (1, 2, 3, 4, 5, 20, 21, calls.calls)
    for first in everywhere if pytestconfig.getoption("--faults") else some:
        crew = Forgetful(2, {first: first % 2, first + 1: 0, first + 2: 1})
        assert same_bits(solve_by(crew, edges, capacity), plain)
        seen |= set(crew.lost_at)
    assert seen == {"load", "bid", "settle", "stats"}


def test_a_run_that_loses_worker_after_worker_is_given_up() -> None:
    edges, capacity = busy_market(50, 10, 5)
    crew = Forgetful(2, dict.fromkeys(range(1, 100), 1))
    with pytest.raises(RuntimeError, match=f"{LOSSES + 1} workers were lost in one run"):
        solve_by(crew, edges, capacity)


# --- one shard -----------------------------------------------------------------------------------


@examples(150)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0.1, 0.2, 0.3, 0.4])), max_size=40),
    st.lists(st.integers(1, 6), min_size=3, max_size=3),
    st.integers(0, 40),
    st.randoms(use_true_random=False),
)
def test_an_opening_keeps_its_best_bids_in_whatever_order_they_come(
    bids: list[tuple[int, float]], seats: list[int], cut: int, random: Any
) -> None:
    edges = Edges.from_pairs([*range(9)] * 3, [0] * 9 + [1] * 9 + [2] * 9, [0.5] * 27, 9, 3)
    shard = loaded(edges, np.array(seats))
    shard.bid(np.zeros(3), turn([]))
    numbered = [(opening, 9 + place, np.float32(bid)) for place, (opening, bid) in enumerate(bids)]
    random.shuffle(numbered)
    replies = [shard.settle(message(numbered[:cut])), shard.settle(message(numbered[cut:]))]
    left = {person for reply in replies for person in reply.returned.tolist()}
    for opening in range(3):
        ranked = sorted(((bid, p) for at, p, bid in numbered if at == opening), reverse=True)
        assert {person for _, person in ranked[: seats[opening]]}.isdisjoint(left)
        assert {person for _, person in ranked[seats[opening] :]} <= left
        prices = dict(zip(replies[1].opening.tolist(), replies[1].price, strict=True))
        if len(ranked) >= seats[opening]:
            assert prices[opening] == ranked[seats[opening] - 1][0]
        else:
            assert opening not in prices


def loaded(edges: Edges, capacity: IntArray, workers: int = 1, place: int = 0) -> Shard:
    """One of the shards of a market, where nobody sits."""
    shard = Shard()
    shard.load(divide(edges, capacity, workers).parts[place], message([]), edges.openings)
    return shard


def message(bids: list[tuple[int, int, np.float32]]) -> Bids:
    opening, person, bid = ([entry[side] for entry in bids] for side in range(3))
    return Bids(np.array(opening, np.int32), np.array(person, np.int32), np.array(bid, np.float32))


def turn(waiting: list[int], step: float = 0.01) -> Turn:
    return Turn(step, patience=1, wars=0, waiting=np.array(waiting, np.int32))


def test_people_settle_at_home_and_their_bids_for_elsewhere_travel() -> None:
    person, opening = [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]
    edges = Edges.from_pairs(person, opening, [1.0, 0.2, 0.8, 0.7, 0.3, 0.1], 4, 2)
    shard = loaded(edges, np.array([1, 1]), workers=2)  # people 0 and 1, opening 0
    came = shard.bid(np.array([0.0, 0.05]), turn([0, 1]))
    assert [side.tolist() for side in came.moved[:2]] == [[0], [0]]
    assert came.away.opening.tolist() == [1]
    assert came.away.person.tolist() == [1]
    assert came.moved.bid[0] == pytest.approx(1.0 - (0.2 - 0.05) + 0.01)
    assert came.away.bid[0] == pytest.approx(0.7)  # what it is worth: nothing else is left
    assert came.bids == 2
    settled = shard.settle(message([]))
    assert (settled.opening.tolist(), settled.price[0]) == ([0], came.moved.bid[0])


def test_a_guest_who_is_outbid_is_sent_home_and_so_is_one_of_us_by_a_guest() -> None:
    edges = Edges.from_pairs([0, 1], [0, 0], [0.9, 0.8], persons=2, openings=2)
    shard = loaded(edges, np.array([1, 1]), workers=2)  # person 0, opening 0
    assert shard.bid(np.zeros(2), turn([])).bids == 0
    assert shard.settle(message([(0, 1, np.float32(0.5))])).returned.tolist() == []
    came = shard.bid(np.array([0.5, 0.0]), turn([0]))
    assert (came.outbid.tolist(), came.moved.person.tolist()) == ([1], [0])
    assert shard.settle(message([(0, 1, np.float32(1.5))])).returned.tolist() == [0]


@examples(100)
@given(markets(), st.floats(1e-6, 0.3), st.integers(1, 3), st.data())
def test_after_its_turn_everybody_at_home_is_content_within_the_increment(
    case: Case, step: float, workers: int, data: st.DataObject
) -> None:
    edges, capacity = case
    assume(highest(edges, capacity) > 0.0)
    known = np.array(data.draw(st.lists(FIT, min_size=edges.openings, max_size=edges.openings)))
    plan = divide(edges, capacity, workers)
    units = plan.units
    for part in plan.parts:
        shard = Shard()
        shard.load(part, message([]), edges.openings)
        people = list(range(part.person, part.person + part.start.size - 1))
        came = shard.bid(units.price(known), turn(people, step))
        changed = shard.settle(message([]))
        price = units.price(known)
        price[changed.opening] = changed.price
        seat = dict(zip(came.moved.person.tolist(), came.moved.opening.tolist(), strict=True))
        away = dict(zip(came.away.person.tolist(), came.away.opening.tolist(), strict=True))
        assert came.outbid.size == 0
        for person in people:
            row = slice(edges.start[person], edges.start[person + 1])
            profit = np.minimum(edges.score[row], units.unit) / units.unit
            profit = profit - price[edges.opening[row]]
            place = away.get(person, seat.get(person, UNPLACED))
            mine = profit[edges.opening[row] == place].sum()
            assert profit.max(initial=0.0) <= max(mine, 0.0) + came.step + 1e-6
            assert person not in away or seat.get(person, UNPLACED) == UNPLACED


def test_a_seat_where_no_edge_leads_is_worth_nothing() -> None:
    edges = Edges.from_pairs([0, 1, 2], [0, 0, 1], [0.5, 0.4, 0.3], persons=3, openings=2)
    shard = loaded(edges, np.array([2, 1]))
    stats = shard.stats(np.array([0.1, 0.35]), np.array([0, UNPLACED, 0], np.int32))
    assert stats.value == pytest.approx(0.5)
    assert stats.profit == pytest.approx(0.4 + 0.3)


# --- parts and regions ---------------------------------------------------------------------------


@examples(100)
@given(markets(), st.integers(1, 9))
def test_the_parts_are_the_market(case: Case, workers: int) -> None:
    edges, capacity = case
    assume(highest(edges, capacity) > 0.0)
    plan = divide(edges, capacity, workers)
    assert len(plan.parts) == workers
    assert np.concatenate([part.target for part in plan.parts]).tolist() == edges.opening.tolist()
    assert np.concatenate([part.score for part in plan.parts]).tolist() == edges.score.tolist()
    lengths = np.concatenate([np.diff(part.start) for part in plan.parts])
    assert lengths.tolist() == np.diff(edges.start).tolist()
    seats = np.concatenate([np.diff(part.seat) for part in plan.parts])
    wanted = np.bincount(edges.opening, minlength=edges.openings)
    assert seats.tolist() == np.minimum(capacity, wanted + 1).tolist()
    assert [part.person for part in plan.parts] == plan.people[:-1].tolist()
    assert [part.opening for part in plan.parts] == plan.openings[:-1].tolist()


@st.composite
def regional_markets(draw: st.DrawFn) -> tuple[Edges, IntArray, tuple[IntArray, IntArray]]:
    edges, capacity = draw(markets())
    home, region = (
        np.array(draw(st.lists(st.integers(-1, 4), min_size=size, max_size=size)), np.int64)
        for size in (edges.people, edges.openings)
    )
    return edges, capacity, (home, region)


@examples(150)
@given(regional_markets(), st.integers(1, 4))
def test_along_regions_the_value_is_within_the_gap_too(
    case: tuple[Edges, IntArray, tuple[IntArray, IntArray]], workers: int
) -> None:
    edges, capacity, regions = case
    best = exact(edges, capacity).certificate.value
    found = allocate_sharded(edges, capacity, workers=workers, regions=regions)
    proof = verify(edges, capacity, found)
    assert found.certificate.gap <= 1e-4
    assert found.certificate.value == pytest.approx(proof.value)
    assert found.certificate.bound == pytest.approx(proof.bound)
    assert proof.value >= best * (1 - 1e-4) - SLACK


@examples(150)
@given(regional_markets(), st.integers(1, 4))
def test_a_region_is_never_cut(
    case: tuple[Edges, IntArray, tuple[IntArray, IntArray]], workers: int
) -> None:
    edges, capacity, regions = case
    assume(highest(edges, capacity) > 0.0)
    market = arranged(edges, capacity, regions)
    plan = divide(market.edges, market.capacity, workers, market.regions)
    owner = [np.repeat(np.arange(workers), np.diff(side)) for side in plan[1:3]]
    of_region = [
        {(region, part) for region, part in zip(ids.tolist(), own.tolist(), strict=True)}
        for ids, own in zip(market.regions, owner, strict=True)
    ]
    homes = {region for region, _ in of_region[0]}
    assert len(of_region[0]) == len(homes)
    where = dict(of_region[0])
    assert all(where[region] == part for region, part in of_region[1] if region in homes)


def test_regions_of_equal_weight_are_dealt_out_evenly_and_spare_messages() -> None:
    random = np.random.default_rng(3)
    home, region = random.integers(4, size=2_000), random.integers(4, size=200)
    near = [np.flatnonzero(region == number) for number in range(4)]
    opening = np.array([random.choice(near[number], 15, replace=False) for number in home])
    person = np.repeat(np.arange(2_000), 15)
    edges = Edges.from_pairs(person, opening.ravel(), random.random(30_000), 2_000, 200)
    capacity = np.full(200, 7)
    market = arranged(edges, capacity, (home, region))
    plan = divide(market.edges, market.capacity, 2, market.regions)
    assert abs(int(plan.people[1]) - 1_000) < 200
    crew = Counting(2)
    proof = verify(market.edges, market.capacity, solve(crew, plan, gap=1e-4))
    assert proof.gap <= 1e-4
    assert crew.bids == 2  # nobody looks elsewhere: one round, and one in which nobody bids


class Counting(Inline):
    """Counts the rounds."""

    bids = 0

    def call(self, method: ShardMethod, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        self.bids += method == "bid"
        return super().call(method, arguments)


# --- arguments and imports -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"gap": 0.0}, "gap is 0.0; it must lie between 0 and 1"),
        ({"workers": 0}, "workers is 0; at least 1 is needed"),
        ({"backend": "dask"}, "backend is 'dask'; choose one of inline, processes, ray"),
    ],
)
def test_bad_arguments_are_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        allocate_sharded(equal_rows(3, [0.5]), np.array([1]), **options)


def test_a_missing_ray_is_said_with_the_extra_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "katalysator\[distributed\]"'):
        allocate_sharded(equal_rows(3, [0.5]), np.array([1]), backend="ray")


def test_importing_the_api_loads_neither_numba_nor_ray() -> None:
    code = (
        "import sys; import katalysator.engine.matching.allocation.sharded;"
        "print({'numba', 'ray', 'multiprocessing'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
