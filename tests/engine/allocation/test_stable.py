"""Stable matching: against the textbook, and by what theorems say of every stable matching."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.arrays import FloatArray, IntArray
from katalysator.engine.matching import UNPLACED, Edges, allocate
from katalysator.engine.matching.allocation.edges import BLOCK
from katalysator.engine.matching.allocation.row_order import COUNTED
from katalysator.engine.matching.allocation.stable import Stable, blocking_pairs, stable
from katalysator.engine.matching.allocation.threads import SMALL
from tests.examples import examples

Case = tuple[Edges, IntArray, FloatArray]  # and what the openings think
OPINION = st.floats(0.0, 1.0) | st.sampled_from([0.0, 0.25, 0.5, 1.0])


@st.composite
def markets(draw: st.DrawFn, *, strict: bool = False, largest: int = 9) -> Case:
    """Small markets: empty sides, closed openings, ties and edges that a side does not want."""
    people, openings = draw(st.integers(0, largest)), draw(st.integers(0, 6))
    pairs = list(product(range(people), range(openings)))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    opinions = st.lists(OPINION, min_size=len(chosen), max_size=len(chosen), unique=strict)
    person, opening = (np.array([pair[side] for pair in chosen], int) for side in (0, 1))
    edges = Edges.from_pairs(person, opening, draw(opinions), people, openings)
    capacity = draw(st.lists(st.integers(0, 4), min_size=openings, max_size=openings))
    return edges, np.array(capacity, np.int64), np.array(draw(opinions))


def crowded(
    people: int = 3_000, openings: int = 60, *, seed: int = 1, levels: int | None = None
) -> tuple[Edges, IntArray, FloatArray, FloatArray]:
    """A market whose rows are ordered by neither opinion, both of which are in part shared."""
    random = np.random.default_rng(seed)
    person, opening = np.divmod(np.arange(people * openings), openings)
    kept = random.random(person.size) < 0.5
    person, opening = person[kept], opening[kept]
    edges = Edges.from_pairs(person, opening, random.random(person.size), people, openings)
    row = np.repeat(np.arange(people), np.diff(edges.start))
    mine = random.random(openings)[edges.opening] + random.random(person.size)
    theirs = random.random(people)[row] + random.random(person.size)
    if levels:
        mine, theirs = np.floor(mine * levels), np.floor(theirs * levels)
    return edges, random.integers(0, 2 * people // openings, openings), mine, theirs


def pairs_of(edges: Edges) -> list[tuple[int, int]]:
    row = np.repeat(np.arange(edges.people), np.diff(edges.start))
    return list(zip(row.tolist(), edges.opening.tolist(), strict=True))


def by_the_book(case: Case) -> list[int]:
    """Gale and Shapley as in the paper: people ask down a sorted list, openings keep a sorted one.

    Ties go to the lower number on both sides.
    """
    edges, capacity, theirs = case
    mine = dict(zip(pairs_of(edges), edges.score.tolist(), strict=True))
    worth = dict(zip(pairs_of(edges), theirs.tolist(), strict=True))
    todo: list[list[int]] = []
    for i in range(edges.people):
        options = [j for (p, j), score in mine.items() if p == i and score > 0]
        todo.append(sorted(options, key=lambda j: (-mine[i, j], j)))
    held: list[list[int]] = [[] for _ in range(edges.openings)]
    free = list(range(edges.people))
    while free:
        person = free.pop()
        if not todo[person]:
            continue
        target = todo[person].pop(0)
        if worth[person, target] > 0:
            held[target].append(person)
        else:
            free.append(person)
        held[target].sort(key=lambda i: (-worth[i, target], i))
        free += held[target][capacity[target] :]
        del held[target][capacity[target] :]
    choice = [UNPLACED] * edges.people
    for target, people in enumerate(held):
        for person in people:
            choice[person] = target
    return choice


def all_stable(case: Case) -> list[list[int]]:
    """Every matching without blocking pairs, by trying all of them."""
    edges, capacity, theirs = case
    options: list[list[int]] = [[UNPLACED] for _ in range(edges.people)]
    for (i, j), own, other in zip(pairs_of(edges), edges.score, theirs, strict=True):
        if own > 0 and other > 0:
            options[i].append(j)
    found = []
    for choice in product(*options):
        if all(choice.count(j) <= seats for j, seats in enumerate(capacity)):
            matching = np.array(choice, np.int32)
            if not blocking_pairs(edges, capacity, theirs, matching).size:
                found.append(list(choice))
    return found


def satisfaction(edges: Edges, opening: IntArray | list[int]) -> list[float]:
    """What each person thinks of the opening that he or she got; 0 for none."""
    score = dict(zip(pairs_of(edges), edges.score.tolist(), strict=True))
    return [score.get((i, int(j)), 0.0) for i, j in enumerate(opening)]


def loads(edges: Edges, matched: Stable) -> list[int]:
    placed = matched.opening[matched.opening != UNPLACED]
    return [int(load) for load in np.bincount(placed, minlength=edges.openings)]


# --- against the textbook ------------------------------------------------------------------------


@examples(300)
@given(markets())
def test_people_asking_is_what_the_textbook_does(case: Case) -> None:
    assert stable(*case).opening.tolist() == by_the_book(case)


@examples(300)
@given(markets())
def test_there_is_no_blocking_pair(case: Case) -> None:
    edges, capacity, theirs = case
    found = stable(*case)
    assert blocking_pairs(edges, capacity, theirs, found.opening).size == 0


@examples(150)
@given(markets(strict=True, largest=5))
def test_people_get_their_best_and_the_same_seats_fill_in_all_stable_matchings(case: Case) -> None:
    edges = case[0]
    found = stable(*case)
    every = np.array([satisfaction(edges, choice) for choice in all_stable(case)])
    assert satisfaction(edges, found.opening) == every.max(axis=0, initial=0.0).tolist()
    for choice in map(np.array, all_stable(case)):
        assert ((choice == UNPLACED) == (found.opening == UNPLACED)).all()
        assert loads(edges, replace(found, opening=choice.astype(np.int32))) == loads(edges, found)


@examples(200)
@given(markets(), st.integers(0, 2**32 - 1))
def test_rows_in_any_order_give_the_same_when_the_opinion_is_given_apart(
    case: Case, seed: int
) -> None:
    edges, capacity, theirs = case
    person = np.repeat(np.arange(edges.people), np.diff(edges.start))
    score = np.random.default_rng(seed).random(person.size)
    order = np.lexsort((-score, person))
    mixed = Edges(edges.start, edges.opening[order], score[order], edges.openings)
    found = stable(mixed, capacity, theirs[order], mine=edges.score[order])
    assert found.opening.tolist() == stable(*case).opening.tolist()


@examples(150)
@given(markets(strict=True))
def test_another_program_gives_the_same(case: Case) -> None:
    games = pytest.importorskip("matching.games", reason="the package matching is not installed")
    edges, capacity, theirs = case
    wanted = [
        (i, j, own, other)
        for (i, j), own, other in zip(pairs_of(edges), edges.score, theirs, strict=True)
        if own > 0 and other > 0 and capacity[j] > 0
    ]
    people: dict[str, list[str]] = {f"p{i}": [] for i, *_ in wanted}
    openings: dict[str, list[str]] = {f"o{j}": [] for _, j, *_ in wanted}
    for i, j, _, _ in sorted(wanted, key=lambda each: -each[2]):
        people[f"p{i}"].append(f"o{j}")
    for i, j, _, _ in sorted(wanted, key=lambda each: -each[3]):
        openings[f"o{j}"].append(f"p{i}")
    game = games.HospitalResident.create_from_dictionaries(
        people, openings, {f"o{j}": int(capacity[j]) for _, j, *_ in wanted}
    )
    told = {
        (person.name, opening.name)
        for opening, inside in game.solve(optimal="resident").items()
        for person in inside
    }
    got = stable(*case).opening.tolist()
    assert told == {(f"p{i}", f"o{j}") for i, j in enumerate(got) if j != UNPLACED}


# --- what the checker finds ----------------------------------------------------------------------


@examples(200)
@given(markets(), st.data())
def test_the_checker_finds_what_the_definition_says(case: Case, data: st.DataObject) -> None:
    edges, capacity, theirs = case
    options: list[list[int]] = [[UNPLACED] for _ in range(edges.people)]
    for (i, j), own, other in zip(pairs_of(edges), edges.score, theirs, strict=True):
        if own > 0 and other > 0:
            options[i].append(j)
    choice = [data.draw(st.sampled_from(each)) for each in options]
    capacity = np.maximum(capacity, [choice.count(j) for j in range(edges.openings)])
    has = satisfaction(edges, choice)
    worth = dict(zip(pairs_of(edges), theirs.tolist(), strict=True))
    blocking = []
    for edge, (i, j) in enumerate(pairs_of(edges)):
        inside = [worth[k, j] for k in range(edges.people) if choice[k] == j]
        room = len(inside) < capacity[j] and theirs[edge] > 0
        envied = room or any(theirs[edge] > other for other in inside)
        if edges.score[edge] > has[i] and envied and theirs[edge] > 0 and capacity[j] > 0:
            blocking.append(edge)
    assert blocking_pairs(edges, capacity, theirs, np.array(choice, np.int32)).tolist() == blocking


def test_the_best_allocation_leaves_pairs_that_would_rather_have_each_other() -> None:
    edges, capacity, mine, theirs = crowded()
    best = allocate(edges, capacity).opening
    assert blocking_pairs(edges, capacity, theirs, best, mine=mine).size > 0


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ([0, 0, UNPLACED], "opening 0 has fewer seats than the 2 people in it"),
        ([0, UNPLACED, 0], "person 2 sits at opening 0, where no acceptable edge leads"),
        ([UNPLACED, UNPLACED, 1], "person 2 sits at opening 1, where no acceptable edge leads"),
        ([7, UNPLACED, UNPLACED], "person 0 sits at opening 7"),
        ([-2, UNPLACED, UNPLACED], "person 0 sits at opening -2"),
        ([0, 1], r"opening has shape \(2,\), but there are 3 people"),
    ],
)
def test_the_checker_refuses_what_is_no_matching(choice: list[int], message: str) -> None:
    edges = Edges.from_pairs([0, 1, 2], [0, 0, 1], [0.5, 0.4, 0.3], persons=3, openings=2)
    theirs = np.array([0.5, 0.5, 0.0])
    with pytest.raises(ValueError, match=message):
        blocking_pairs(edges, np.array([1, 1]), theirs, np.array(choice, np.int32))


# --- larger markets ------------------------------------------------------------------------------


@pytest.mark.parametrize("levels", [None, 3])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_a_crowded_market_is_stable(levels: int | None, kind: type) -> None:
    edges, capacity, mine, theirs = crowded(levels=levels)
    mine, theirs = mine.astype(kind), theirs.astype(kind)
    found = stable(edges, capacity, theirs, mine=mine)
    assert not blocking_pairs(edges, capacity, theirs, found.opening, mine=mine).size
    assert 0 < found.placed <= capacity.sum()
    assert found.placed <= found.proposals <= edges.score.size


def test_blocks_of_edges_and_parts_of_people_do_not_show() -> None:
    people, degree = 2 * SMALL + 7, 60
    assert people * degree > BLOCK
    random = np.random.default_rng(5)
    opening = (np.arange(degree) + random.integers(100, size=(people, 1))).astype(np.int32)
    start = np.arange(people + 1) * degree
    edges = Edges(start, opening.ravel(), np.ones(opening.size, np.float32), degree + 100)
    mine, theirs = random.random((2, opening.size), np.float32)
    capacity = np.full(edges.openings, 90)
    found = stable(edges, capacity, theirs, mine=mine)
    assert not blocking_pairs(edges, capacity, theirs, found.opening, mine=mine).size
    worse_off = replace(found, opening=np.full(people, UNPLACED, np.int32))
    every = blocking_pairs(edges, capacity, theirs, worse_off.opening, mine=mine)
    assert every.tolist() == np.flatnonzero((mine > 0) & (theirs > 0)).tolist()


def test_rows_longer_than_a_byte_counts() -> None:
    people, openings = 40, COUNTED + 50
    person, opening = np.divmod(np.arange(people * openings), openings)
    random = np.random.default_rng(3)
    edges = Edges.from_pairs(person, opening, random.random(person.size), people, openings)
    mine, theirs = random.random((2, person.size))
    capacity = (np.arange(openings) < 30).astype(np.int64)
    found = stable(edges, capacity, theirs, mine=mine)
    assert found.placed == 30
    assert not blocking_pairs(edges, capacity, theirs, found.opening, mine=mine).size


# --- ties and repetition -------------------------------------------------------------------------


def test_ties_go_to_the_lower_number() -> None:
    person, opening = np.divmod(np.arange(12), 3)
    edges = Edges.from_pairs(person, opening, np.ones(12), 4, 3)
    ones = np.ones(12)
    found = stable(edges, np.array([1, 0, 2]), ones, mine=ones)
    assert found.opening.tolist() == [0, 2, 2, UNPLACED]


def test_the_same_input_gives_the_same_matching() -> None:
    edges, capacity, mine, theirs = crowded(levels=4)
    once, again = (stable(edges, capacity, theirs, mine=mine) for _ in range(2))
    assert (once.opening == again.opening).all()
    assert once.proposals == again.proposals


def test_the_opinions_are_not_changed() -> None:
    edges, capacity, mine, theirs = crowded(people=100)
    before = mine.copy(), theirs.copy(), edges.opening.copy()
    stable(edges, capacity, theirs, mine=mine)
    assert all((a == b).all() for a, b in zip(before, (mine, theirs, edges.opening), strict=True))


# --- nothing to give -----------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "openings"), [(0, 0), (0, 3), (3, 0), (3, 3)])
def test_no_edges(people: int, openings: int) -> None:
    edges = Edges.from_pairs([], [], [], people, openings)
    none = np.empty(0)
    found = stable(edges, np.ones(openings, int), none)
    assert found.opening.tolist() == [UNPLACED] * people
    assert (found.proposals, found.placed) == (0, 0)
    assert blocking_pairs(edges, np.ones(openings, int), none, found.opening).size == 0


@pytest.mark.parametrize("nobody", ["seats", "mine", "theirs"])
def test_nobody_is_placed_where_nothing_is_acceptable(nobody: str) -> None:
    edges, capacity, mine, theirs = crowded(people=50)
    {"seats": capacity, "mine": mine, "theirs": theirs}[nobody][:] = 0
    found = stable(edges, capacity, theirs, mine=mine)
    assert found.placed == 0


def test_seats_beyond_number_are_no_burden() -> None:
    edges, _, mine, theirs = crowded(people=200)
    found = stable(edges, np.full(edges.openings, 10**15), theirs, mine=mine)
    favourite = [
        edges.opening[low + mine[low:high].argmax()]
        for low, high in zip(edges.start[:-1], edges.start[1:], strict=True)
    ]
    assert found.opening.tolist() == favourite


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"capacity": np.array([1, -2])}, "opening 1: capacity is -2"),
        ({"theirs": np.array([0.5])}, r"theirs must be .* of shape \(3,\), not float64 of shape"),
        ({"theirs": np.array([1, 1, 1])}, "theirs must be float32 or float64 .*, not int64"),
        ({"theirs": np.array([0.5, np.nan, 0.1])}, "edge 1: theirs is nan; it must be a finite"),
        ({"theirs": np.array([0.5, 0.1, np.inf])}, "edge 2: theirs is inf"),
        ({"mine": np.array([-0.5, 0.1, 0.1])}, "edge 0: mine is -0.5"),
    ],
)
def test_bad_arguments_are_named(change: dict[str, object], message: str) -> None:
    edges = Edges.from_pairs([0, 1, 2], [0, 0, 1], [0.5, 0.4, 0.3], persons=3, openings=2)
    given = {"edges": edges, "capacity": np.array([1, 1]), "theirs": np.full(3, 0.5)}
    with pytest.raises(ValueError, match=message):
        stable(**{**given, **change})  # type: ignore[arg-type]
