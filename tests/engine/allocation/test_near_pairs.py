"""What one run read of the rows spares the next one reading them, and never spoils the proof."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import IntArray
from katalysator.engine.matching import Allocation, Certificate, Edges, allocate, exact, verify
from katalysator.engine.matching.allocation import near_pairs, passes
from katalysator.engine.matching.allocation.auction import bid_of, holder_of, profits
from katalysator.engine.matching.allocation.keeping import appraise
from katalysator.engine.matching.allocation.near_kernels import NearPairs, near
from katalysator.engine.matching.allocation.reverse import compete
from tests.engine.allocation.test_allocation import SLACK, Case, markets, random_market
from tests.engine.allocation.test_warm_start import mixed, single
from tests.examples import examples


@pytest.fixture(autouse=True)
def kept_of_any_market(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of small ones, and of those in which most pairs are near."""
    monkeypatch.setattr(passes, "LARGE", 0)
    monkeypatch.setattr(near_pairs, "SPARSE", 0)


@pytest.fixture(scope="module")
def crowd() -> tuple[Edges, IntArray]:
    """20,000 people and 16,000 seats, some openings with many and some with few."""
    edges = single(random_market(people=20_000, openings=1_000, degree=12)[0])
    capacity = np.full(1_000, 18)
    capacity[::7] //= 3
    return edges, capacity


def altered(edges: Edges, who: IntArray, seed: int = 3) -> Edges:
    """The market in which these people score everything anew."""
    start, score = edges.start, edges.score.copy()
    draw = np.random.default_rng(seed)
    for each in who.tolist():
        row = slice(start[each], start[each + 1])
        score[row] = np.sort(draw.random(score[row].size).astype(np.float32))[::-1]
    return Edges(start, edges.opening, score, edges.openings)


def check(edges: Edges, capacity: IntArray, found: Allocation, gap: float = 1e-4) -> None:
    """The certificate is as an independent check finds it, and no lower."""
    proof = verify(edges, capacity, found)
    assert found.certificate.value == pytest.approx(proof.value)
    assert found.certificate.bound >= proof.bound * (1 - 1e-12)
    assert found.certificate.bound <= proof.bound + edges.people * edges.top * 1e-6
    assert proof.gap <= gap


@examples(300)
@given(markets(), markets(), st.data())
def test_a_chain_of_changes_keeps_the_proof(case: Case, other: Case, data: st.DataObject) -> None:
    edges, seats = single(case[0]), case[1]
    found = allocate(edges, seats)
    for _ in range(3):
        some = data.draw(st.sets(st.integers(0, 11), max_size=4))
        edges = single(mixed(edges, other[0] if data.draw(st.booleans()) else case[0], some))
        more = arrays(np.int64, edges.openings, elements=st.sampled_from([0, 0, 0, 1, -1]))
        seats = np.maximum(seats + data.draw(more), 0)
        found = allocate(edges, seats, earlier=found)
        check(edges, seats, found)
        best = exact(edges, seats).certificate.value
        assert best * (1 - 1e-4) - SLACK <= found.certificate.value <= best + SLACK


def test_day_after_day_the_proof_is_as_good_as_that_of_a_cold_run(
    crowd: tuple[Edges, IntArray],
) -> None:
    edges, seats = crowd
    found, draw = allocate(edges, seats), np.random.default_rng(1)
    for day in range(6):
        edges = altered(edges, draw.choice(edges.people, 200, replace=False), seed=day)
        found = allocate(edges, seats, earlier=found)
        check(edges, seats, found)
    cold = allocate(edges, seats).certificate
    assert found.certificate.value >= cold.bound * (1 - 1e-4) - 1e-6 * cold.bound
    assert cold.value <= found.certificate.bound


def everywhere_else(edges: Edges, known: NearPairs) -> tuple[IntArray, IntArray]:
    """Person and place of all edges that are not kept."""
    person = np.repeat(np.arange(edges.people), np.diff(edges.start))
    kept = {
        (holder_of(suitor), opening, float(bid_of(suitor)))
        for place, pairs in enumerate(known.parts)
        for opening, suitor in zip(pairs.opening.tolist(), pairs.suitor, strict=True)
        if known.part[holder_of(suitor)] == place
    }
    other = [
        (each, opening, float(score)) not in kept
        for each, opening, score in zip(
            person.tolist(), edges.opening.tolist(), edges.score, strict=True
        )
    ]
    return person[other], np.flatnonzero(other)


def test_by_an_edge_that_is_not_kept_nobody_would_come(crowd: tuple[Edges, IntArray]) -> None:
    edges, seats = crowd
    found = allocate(edges, seats)
    for seed in (1, 2, 3):
        known = found.near
        assert known is not None
        person, edge = everywhere_else(edges, known)
        most = known.least[edges.opening[edge]] + known.people.enough[person] + known.give
        assert (edges.score[edge] <= most + 1e-6).all()
        edges = altered(edges, np.random.default_rng(seed).choice(edges.people, 200), seed)
        found = allocate(edges, seats, earlier=found)


@pytest.fixture
def rows_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows are read at a time, for which pairs are near or for what people want."""
    read = []

    def noted(kernel: Callable[..., object]) -> Callable[..., object]:
        def counted(*given: int) -> object:
            read.append(given[-1] - given[-2])
            return kernel(*given)

        return counted

    monkeypatch.setattr(near_pairs, "near", noted(near))
    monkeypatch.setattr(passes, "appraise", noted(appraise))
    monkeypatch.setattr(passes, "profits", noted(profits))
    return read


def test_only_rows_of_whom_too_little_is_known_are_read(
    crowd: tuple[Edges, IntArray], rows_read: list[int]
) -> None:
    edges, seats = crowd
    earlier = allocate(edges, seats)
    rows_read.clear()
    changed = np.arange(0, edges.people, 100)
    allocate(altered(edges, changed), seats, earlier=earlier)
    assert 2 * changed.size <= sum(rows_read) < edges.people / 10


def test_whoever_moved_in_an_earlier_run_need_not_be_read_again(
    crowd: tuple[Edges, IntArray], rows_read: list[int]
) -> None:
    edges, seats = crowd
    first = allocate(edges, seats)
    later = altered(edges, np.arange(0, edges.people, 100))
    second = allocate(later, seats, earlier=first)
    assert (second.opening != first.opening).sum() > 200
    rows_read.clear()
    allocate(later, seats, earlier=second)
    assert sum(rows_read) < 20


def test_one_score_above_all_others_lets_no_other_rows_be_read(
    crowd: tuple[Edges, IntArray], rows_read: list[int]
) -> None:
    edges, seats = crowd
    earlier = allocate(edges, seats)
    score = edges.score.copy()
    score[edges.start[7]] = 2.0 * edges.top
    rows_read.clear()
    allocate(Edges(edges.start, edges.opening, score, edges.openings), seats, earlier=earlier)
    assert 1 <= sum(rows_read) < 200


@pytest.mark.parametrize("deep", [0.01, near_pairs.DEEP])
def test_day_after_day_openings_compete_a_few_times_only(
    deep: float, crowd: tuple[Edges, IntArray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where prices soon fall as far as is known: then more is read, instead of trying again."""
    monkeypatch.setattr(near_pairs, "DEEP", deep)
    monkeypatch.setattr(near_pairs, "NEAR", deep / 4)
    edges, seats = crowd[0], crowd[1] + 3
    found, times = allocate(edges, seats), []

    def counted(*given: object) -> object:
        times.append(1)
        return compete(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(passes, "compete", counted)
    for day in range(8):
        who = np.random.default_rng(day).choice(edges.people, 400, replace=False)
        edges = altered(edges, who, seed=day)
        found = allocate(edges, seats, earlier=found)
        check(edges, seats, found)
        assert len(times) <= 6
        times.clear()


def test_when_some_were_read_again_many_times_all_are(
    crowd: tuple[Edges, IntArray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near_pairs, "PARTS", 3)
    edges, seats = crowd
    found, parts = allocate(edges, seats), []
    for day in range(8):
        edges = altered(edges, np.arange(day, edges.people, 100), seed=day)
        found = allocate(edges, seats, earlier=found)
        check(edges, seats, found)
        assert found.near is not None
        parts.append(len(found.near.parts))
    assert max(parts) == 3
    assert parts.count(1) > 1


def test_where_nothing_changed_everybody_stays_and_the_proof_too(
    crowd: tuple[Edges, IntArray],
) -> None:
    edges, seats = crowd
    first = allocate(edges, seats)
    again = allocate(edges, seats, earlier=first)
    assert (again.opening == first.opening).all()
    check(edges, seats, again)


def test_the_same_input_gives_the_same_bits(crowd: tuple[Edges, IntArray]) -> None:
    edges, seats = crowd
    earlier = allocate(edges, seats)
    later = altered(edges, np.arange(0, edges.people, 100))
    once, again = (allocate(later, seats, earlier=earlier) for _ in range(2))
    assert (once.opening == again.opening).all()
    assert once.certificate.bound == again.certificate.bound
    assert once.certificate.prices.tobytes() == again.certificate.prices.tobytes()


def swapped(edges: Edges) -> None:
    edges.opening[:2] = edges.opening[:2][::-1].copy()


def scored(edges: Edges) -> None:
    edges.score[0] = np.nextafter(edges.score[0], np.float32(2.0))


def sent_elsewhere(edges: Edges) -> None:
    edges.opening[3] = np.setdiff1d(np.arange(40), edges.opening[:12])[0]


def lengthened(edges: Edges) -> None:
    edges.start[1] += 1


@pytest.mark.parametrize("change", [swapped, scored, sent_elsewhere, lengthened])
def test_a_row_that_changed_in_its_place_is_seen(
    change: Callable[[Edges], None], crowd: tuple[Edges, IntArray]
) -> None:
    """Nobody says that it changed, and the arrays are the same ones as before."""
    one, seats = crowd
    edges = Edges(one.start.copy(), one.opening.copy(), one.score.copy(), one.openings)
    earlier = allocate(edges, seats)
    change(edges)
    edges.score[:24] = np.sort(edges.score[:24])[::-1] if change is lengthened else edges.score[:24]
    later = allocate(edges, seats, earlier=earlier)
    check(edges, seats, later)
    assert earlier.near is not None
    assert later.near is not None
    differs = np.flatnonzero(later.near.digest != earlier.near.digest)
    assert differs.tolist() == ([0, 1] if change is lengthened else [0])


@examples(100)
@given(markets(), markets(), st.data())
def test_what_was_read_of_another_market_is_harmless(
    case: Case, other: Case, data: st.DataObject
) -> None:
    """With seats and prices that do not belong to it either."""
    edges, seats = single(case[0]), case[1]
    read = allocate(single(mixed(edges, other[0], set(range(12)))), seats)
    prices = data.draw(arrays(np.float64, edges.openings, elements=st.floats(0.0, 1.0)))
    choice = data.draw(arrays(np.int32, edges.people, elements=st.integers(-2, edges.openings)))
    forged = replace(read, opening=choice, certificate=Certificate(0.0, 0.0, prices))
    check(edges, seats, allocate(edges, seats, earlier=forged))


def test_what_seats_are_worth_is_not_believed_of_seats_that_were_exchanged(
    crowd: tuple[Edges, IntArray],
) -> None:
    edges, seats = crowd
    earlier = allocate(edges, seats)
    forged = replace(earlier, opening=np.roll(earlier.opening, 1))
    assert forged.near is not None
    check(edges, seats, allocate(edges, seats, earlier=forged))


@pytest.mark.parametrize("kept", ["small", "double", "dense"])
def test_nothing_is_kept_where_it_would_not_pay(
    kept: str, crowd: tuple[Edges, IntArray], monkeypatch: pytest.MonkeyPatch
) -> None:
    edges, seats = crowd
    if kept == "small":
        monkeypatch.setattr(passes, "LARGE", edges.score.size)
    if kept == "dense":
        monkeypatch.setattr(near_pairs, "SPARSE", edges.score.size)
    if kept == "double":
        edges = Edges(edges.start, edges.opening, edges.score.astype(np.float64), edges.openings)
    assert allocate(edges, seats).near is None
