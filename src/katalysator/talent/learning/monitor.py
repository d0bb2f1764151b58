"""The monitor: how far people came, each counted once in every number, with nothing told of fewer than ten.

A person who is in several pilots counts once in a region, a sector, a skill group and in all. People are counted by the
set of pilots in which they came so far, which are the smallest parts that numbers are made of.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

import numpy as np
from django.db import connection
from django.utils import timezone

from katalysator.core import regions
from katalysator.core.language import active_language
from katalysator.engine.matching import SMALLEST_GROUP
from katalysator.engine.skills import CountedShare, share_of, told_sums
from katalysator.talent.models import LearningPilot, LearningStage

GOAL: Final = 3_000_000
"""So many people have to learn anew, says the position paper of the coalition."""
MOST_COMPARED: Final = 60
"""So many pilots are told of one by one; of more, what gives few people away takes too long to find."""
GOAL_SOURCE: Final = "Position paper NL AI Coalitie, 2019"
STAGES: Final = tuple(LearningStage.Stage)
MONTHS: Final = 24
"""So far back the course is drawn."""
_PARTS: Final = """
    SELECT held, count(*) FROM (
      SELECT person, array_agg(pilot_id * 8 + stage ORDER BY pilot_id) AS held FROM (
        SELECT person, pilot_id, max(stage) AS stage FROM talent_learningstage WHERE "on" <= %s GROUP BY person, pilot_id
      ) AS furthest GROUP BY person
    ) AS people GROUP BY held ORDER BY held
"""
_BY: Final = ("all", "region", "sector", "skill-group", "pilot")


class MonitorRow(NamedTuple):
    """A line of the monitor: of what it tells, how many came to each stage (None where that is not told), and the rates.

    A rate is that of those who came to the stage before; it is told where both numbers are.
    """

    by: str
    name: str
    counts: tuple[int | None, ...]
    rates: tuple[CountedShare | None, ...]
    target: int | None


class CoursePoint(NamedTuple):
    """How many were reached and placed by the last day of a month."""

    day: date
    reached: int
    placed: int


Parts = Sequence[tuple[Mapping[int, int], int]]
"""How many people came to which stage of which pilots: each kind of people once."""


@dataclass(frozen=True)
class Monitor:
    """All that the monitor tells of one day."""

    day: date
    pilots: Sequence[LearningPilot]
    parts: Parts

    @cached_property
    def rows(self) -> list[MonitorRow]:
        """The lines, that of all first. Cost: see `told_sums`, once for the same numbers."""
        lines = _lines(self.pilots)
        targets = {("pilot", _pilot_name(each)): each.target for each in self.pilots}
        if not self.parts:
            nobody, all_told = [0] * len(STAGES), [True] * len(STAGES)
            return [_row(*line[:2], nobody, all_told, targets.get(line[:2])) for line in lines]
        counts, told = _reckoned(
            tuple(lines), tuple((tuple(held.items()), count) for held, count in self.parts)
        )
        return [
            _row(by, name, counts[place], told[place], targets.get((by, name)))
            for place, (by, name, _pilots) in enumerate(lines)
        ]

    def by(self, what: str) -> list[MonitorRow]:
        """The lines of one kind: ``all``, ``region``, ``sector``, ``skill-group`` or ``pilot``."""
        return [row for row in self.rows if row.by == what]

    @property
    def all(self) -> MonitorRow:
        """The line of everybody."""
        return self.by("all")[0]


def monitor(day: date | None = None) -> Monitor:
    """The monitor as it was at the end of the last month. Cost: two queries."""
    day = day or last_of_month(timezone.localdate())
    pilots = list(LearningPilot.objects.select_related("sector", "organisation"))
    return Monitor(day, pilots, _parts(day))


def course(monitored: Monitor) -> list[CoursePoint]:
    """What was reached and placed by the end of each month, the oldest first: no two differ by fewer than ten people.

    What changed by fewer is told with the next month; so nothing follows from two points. Cost: a query a month.
    """
    reached, _started, _completed, placed = monitored.all.counts
    if reached is None or placed is None:
        return []
    points = [CoursePoint(monitored.day, reached, placed)]
    day = monitored.day
    for _month in range(MONTHS):
        day = last_of_month(day)
        counted = _stage_counts(_parts(day))
        point = CoursePoint(day, counted[0], counted[3])
        gaps = [points[-1].reached - point.reached, points[-1].placed - point.placed]
        if all(_is_told(each) for each in (*gaps, *point[1:], point.reached - point.placed)):
            points.append(point)
        if not point.reached:
            break
    return points[::-1]


def last_of_month(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


class _Sums(NamedTuple):
    """Sums of each line and stage (L, 4), which parts they count (L, 4, P), and the numbers of the parts."""

    counts: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    holds: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    people: np.ndarray[tuple[int, ...], np.dtype[np.int64]]


_Line = tuple[str, str, frozenset[int]]


def _parts(day: date) -> Parts:
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, [day])
        return [
            ({each // 8: each % 8 for each in held}, count) for held, count in cursor.fetchall()
        ]


@lru_cache(maxsize=4)
def _reckoned(
    lines: tuple[_Line, ...], kept: tuple[tuple[tuple[tuple[int, int], ...], int], ...]
) -> tuple[list[list[int]], list[list[bool]]]:
    """The sums of all lines by stage, and which of them are told; the same until somebody reports more."""
    parts = [(dict(held), count) for held, count in kept]
    sums = _sums(lines, parts)
    return sums.counts.tolist(), _told(lines, sums, parts).tolist()


def _stage_counts(parts: Parts) -> list[int]:
    return [sum(count for held, count in parts if max(held.values()) >= stage) for stage in STAGES]


def _lines(pilots: Sequence[LearningPilot]) -> list[_Line]:
    """What lines there are, and the pilots of each."""
    found: dict[tuple[str, str], set[int]] = {("all", ""): {each.pk for each in pilots}}
    for each in pilots:
        names = (
            ("region", regions.name(each.region, active_language())),
            ("sector", str(each.sector)),
            ("skill-group", each.skill_group),
            ("pilot", _pilot_name(each)),
        )
        for name in names:
            found.setdefault(name, set()).add(each.pk)
    if len(pilots) > MOST_COMPARED:
        found = {name: held for name, held in found.items() if name[0] != "pilot"}
    order = sorted(found, key=lambda name: (_BY.index(name[0]), name[1].casefold()))
    return [(*name, frozenset(found[name])) for name in order]


def _pilot_name(pilot: LearningPilot) -> str:
    return f"{pilot.name} · {pilot.organisation.name}"


def _sums(lines: Sequence[_Line], parts: Parts) -> _Sums:
    furthest = np.array(
        [
            [
                max((stage for pilot, stage in held.items() if pilot in pilots), default=0)
                for held, _n in parts
            ]
            for _by, _name, pilots in lines
        ]
    )
    holds = furthest[:, None, :] >= np.array(STAGES)[None, :, None]
    people = np.array([count for _held, count in parts], np.int64)
    return _Sums(holds @ people, holds, people)


def _told(
    lines: Sequence[_Line], sums: _Sums, parts: Parts
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Which of the sums are told; guarded with them is who came to a stage and no further, and who is in several pilots."""
    stages = len(STAGES)
    holds = sums.holds.reshape(len(lines) * stages, len(parts))
    stopped = sums.holds[:, :-1] & ~sums.holds[:, 1:]
    guarded = np.concatenate([stopped.reshape(-1, len(parts)), _in_several(parts)])
    told = told_sums(
        holds, sums.counts.ravel(), guarded, guarded @ sums.people, _wholes(lines, sums.holds)
    )
    return told.reshape(len(lines), stages)


def _in_several(parts: Parts) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Each smallest part, and by stage who is in the same several pilots: what two sums and that of both give away."""
    shared = {frozenset(held) for held, _count in parts if len(held) > 1}
    rows = [
        [frozenset(held) == pilots and max(held.values()) >= stage for held, _count in parts]
        for pilots in shared
        for stage in STAGES
    ]
    return np.array([*np.eye(len(parts), dtype=bool).tolist(), *rows], bool)


def _wholes(
    lines: Sequence[_Line], holds: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> list[tuple[int, list[int]]]:
    """Each sum with those that lie within it and share nobody: the pilots in a line, and the lines of a kind in all."""
    stages, found = len(STAGES), []
    for place, (by, _name, pilots) in enumerate(lines):
        for kind in _BY[1:] if by == "all" else ("pilot",):
            inner = [
                each
                for each, (what, _n, held) in enumerate(lines)
                if what == kind and each != place and held <= pilots
            ]
            for stage in range(stages):
                apart = _apart(inner, holds[:, stage])
                found.append((place * stages + stage, [each * stages + stage for each in apart]))
    return found


def _apart(
    lines: Sequence[int], holds: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> list[int]:
    """Those of some lines that share nobody with the ones before."""
    taken, found = np.zeros(holds.shape[1], bool), []
    for line in lines:
        if not (holds[line] & taken).any():
            taken |= holds[line]
            found.append(line)
    return found


def _row(
    by: str, name: str, counts: Sequence[int], told: Sequence[bool], target: int | None
) -> MonitorRow:
    shown = tuple(int(n) if is_told else None for n, is_told in zip(counts, told, strict=True))
    rates = tuple(
        share_of(after, before) if before is not None and after is not None else None
        for before, after in itertools.pairwise(shown)
    )
    return MonitorRow(by, name, shown, rates, target)


def _is_told(count: int) -> bool:
    return count == 0 or count >= SMALLEST_GROUP
