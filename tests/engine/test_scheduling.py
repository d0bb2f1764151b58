"""Schedules of talks: no clash whatever, worth what is said, and never above what is proven."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from katalysator.engine.scheduling import (
    NONE,
    Day,
    Prices,
    Schedule,
    ScheduleCertificate,
    room_changes,
    schedule,
    verify,
)
from tests.examples import examples


@st.composite
def days(draw: st.DrawFn) -> Day:
    """A small day: people come and go, tables too, and some have enough after a few talks."""
    people, slots = draw(st.integers(2, 7)), draw(st.integers(1, 4))
    tables = draw(st.integers(1, 4))
    every = [(one, other) for one in range(people) for other in range(one)]
    pairs = draw(st.lists(st.sampled_from(every), unique=True, max_size=12))
    bits = st.lists(st.booleans(), min_size=slots, max_size=slots)
    return Day.of(
        pairs,
        [draw(st.sampled_from((0.5, 1.0, 2.0, 3.5))) for _ in pairs],
        present=[draw(bits) for _ in range(people)],
        in_use=[draw(bits) for _ in range(tables)],
        room=[draw(st.integers(0, 1)) for _ in range(tables)],
        most=[draw(st.integers(0, slots)) for _ in range(people)],
    )


def best(day: Day) -> float:
    """What the best schedule is worth, by whole numbers (HiGHS)."""
    pair, slot = np.nonzero(day.possible)
    if not pair.size:
        return 0.0
    rows, tops = [], []
    for person in range(day.people):
        mine = (day.pairs[pair] == person).any(axis=1)
        rows += [mine] + [mine & (slot == each) for each in range(day.slots)]
        tops += [day.most[person]] + [1] * day.slots
    rows += [slot == each for each in range(day.slots)]
    tops += day.tables.sum(axis=0).tolist()
    rows += [pair == each for each in range(len(day.pairs))]
    tops += [1] * len(day.pairs)
    found = milp(
        -day.worth[pair],
        constraints=LinearConstraint(np.array(rows, np.float64), -np.inf, np.array(tops)),
        integrality=np.ones(pair.size, np.int64),
        bounds=Bounds(0, 1),
    )
    return -float(found.fun or 0.0)


@given(days())
@examples(60)
def test_a_schedule_has_no_clash_and_its_certificate_holds(day: Day) -> None:
    plan = schedule(day)
    checked = verify(day, plan)
    assert checked.value == pytest.approx(plan.certificate.value)
    assert checked.bound == pytest.approx(plan.certificate.bound)
    assert checked.value <= checked.bound + 1e-6


@given(days())
@examples(60)
def test_it_is_as_good_as_whole_numbers_and_the_bound_holds_for_these(day: Day) -> None:
    plan, top = schedule(day, gap=0.0), best(day)
    assert top <= plan.certificate.bound + 1e-6
    assert plan.certificate.value == pytest.approx(top, rel=1e-6)


@given(days())
@examples(20)
def test_the_same_day_gives_the_same_schedule(day: Day) -> None:
    one, other = schedule(day), schedule(day)
    assert one.slot.tolist() == other.slot.tolist()
    assert one.table.tolist() == other.table.tolist()


@given(days(), st.data())
@examples(40)
def test_talks_that_are_held_stay_where_they_are(day: Day, data: st.DataObject) -> None:
    before = schedule(day, gap=0.0)
    held = data.draw(st.sets(st.sampled_from([NONE, *np.flatnonzero(before.slot != NONE)])))
    rows = [(each, before.slot[each], before.table[each]) for each in sorted(held - {NONE})]
    again = replace(day, held=np.array(rows, np.int64).reshape(-1, 3))
    plan = schedule(again, gap=0.0)
    verify(again, plan)
    assert all((plan.slot[talk], plan.table[talk]) == (slot, table) for talk, slot, table in rows)
    assert plan.certificate.value == pytest.approx(before.certificate.value, rel=1e-6)


def crowd(**said: Any) -> Day:
    """Forty people who want three hundred talks."""
    draw = np.random.default_rng(4)
    every = np.array([(one, other) for one in range(40) for other in range(one)])
    pairs = every[np.sort(draw.choice(len(every), 300, replace=False))]
    return Day.of(list(map(tuple, pairs)), draw.choice([1.0, 2.0, 3.0], 300).tolist(), **said)


def test_where_tables_are_scarce_all_are_used_for_the_best_talks() -> None:
    plan = schedule(crowd(people=40, slots=10, tables=8))
    assert plan.talks == 80
    assert plan.certificate.gap < 0.001


def test_patchy_presence_is_near_what_is_proven() -> None:
    there = np.random.default_rng(5).random((40, 10)) < 0.6
    assert schedule(crowd(present=there, tables=12)).certificate.gap < 0.02


def test_people_stay_in_a_room_where_they_can() -> None:
    """Four people in two groups that do not mix need never change rooms."""
    day = Day.of(
        [(0, 1), (2, 3), (0, 4), (2, 5), (1, 4), (3, 5)],
        [1.0] * 6,
        people=6,
        slots=3,
        tables=2,
        room=[0, 1],
    )
    plan = schedule(day)
    assert plan.talks == 6
    assert room_changes(day, plan.slot, plan.table) == 0


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    schedule(
        crowd(people=40, slots=10, tables=8), progress=lambda done, of: told.append((done, of))
    )
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"pairs": [(0, 0)]}, "pair 0 is of one person"),
        ({"pairs": [(0, 9)]}, "pair 0 is of people who are not there"),
        ({"pairs": [(0, 1), (1, 0)], "worth": [1.0, 1.0]}, "pair 1 was given before"),
        ({"worth": [0.0]}, "pair 0: worth must be a finite number above 0"),
        ({"worth": []}, r"worth has shape \(0,\), not \(1,\)"),
        ({"most": [1, -1, 1]}, "person 1 may have fewer than no talks"),
        ({"held": [(0, 5, 0)]}, "held talk 0 is of no pair, slot or table"),
        ({"in_use": [[True]]}, "tables has shape"),
    ],
)
def test_a_day_that_is_none_is_refused(said: dict[str, Any], why: str) -> None:
    given_: dict[str, Any] = {
        "pairs": [(0, 1)],
        "worth": [1.0],
        "people": 3,
        "slots": 2,
        "tables": 1,
    } | said
    with pytest.raises(ValueError, match=why):
        Day.of(given_.pop("pairs"), given_.pop("worth"), **given_)


DAY = Day.of(
    [(0, 1), (1, 2), (2, 3)], [1.0, 1.0, 1.0], people=4, present=[[1, 1], [1, 1], [1, 1], [1, 0]], tables=2
)  # fmt: skip


@pytest.mark.parametrize(
    ("slot", "table", "day", "why"),
    [
        ([0, 0, NONE], [0, 1, NONE], DAY, "two talks at once"),
        ([0, NONE, 0], [0, NONE, 0], DAY, "two talks are at one table"),
        ([NONE, NONE, 1], [NONE, NONE, 0], DAY, "talks who is not there"),
        ([0, NONE, NONE], [NONE, NONE, NONE], DAY, "a slot and a table, or neither"),
        ([2, NONE, NONE], [0, NONE, NONE], DAY, "no slot or at no table"),
        ([0, 1, NONE], [0, 0, NONE], replace(DAY, most=np.ones(4, np.int64)), "more talks"),
        ([0, NONE, NONE], [0, NONE, NONE], replace(DAY, tables=~DAY.tables), "not in use"),
        ([0, NONE, NONE], [0, NONE, NONE], replace(DAY, held=np.array([[0, 1, 0]])), "has moved"),
        ([0], [0], DAY, "said for each pair"),
    ],
)
def test_a_false_schedule_is_found_out(
    slot: list[int], table: list[int], day: Day, why: str
) -> None:
    false = Schedule(np.array(slot), np.array(table), schedule(DAY).certificate)
    with pytest.raises(ValueError, match=why):
        verify(day, false)


def test_false_prices_are_found_out_and_others_only_make_the_bound_higher() -> None:
    plan = schedule(DAY)
    below = Prices(np.full(4, -1.0), np.zeros((4, 2)), np.zeros(2))
    with pytest.raises(ValueError, match="prices of each person"):
        verify(DAY, replace(plan, certificate=ScheduleCertificate(3.0, 3.0, below)))
    high = Prices(np.full(4, 9.0), np.zeros((4, 2)), np.zeros(2))
    assert verify(DAY, replace(plan, certificate=ScheduleCertificate(3.0, 3.0, high))).bound > 3.0
