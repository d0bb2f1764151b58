"""Who stays without a seat and how the others fare, group by group; small groups stay hidden."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor
from typing import Any, Final

import numpy as np

from katalysator.cli.allocate.fairness import (
    MOST_LABELS,
    Fairness,
    Fates,
    cells,
    header,
    judge,
)
from katalysator.cli.allocate.text_table import grid
from katalysator.core.language import number, say, translate
from katalysator.engine.arrays import IntArray
from katalysator.engine.matching import SMALLEST_GROUP, UNKNOWN_GROUP, Groups
from katalysator.faults import gettext_noop as _

SMALL: Final = SMALLEST_GROUP
"""People below whom a group is put together with others."""
MOST: Final = 20
"""Labels of a column that are shown."""
WIDTH: Final = 100
"""Characters of a line; long labels are cut where fairness stands beside them."""
_SHORTEST: Final = 8  # characters that a label keeps even then


@dataclass(frozen=True, slots=True)
class Group:
    """How the people with one label fare; without a label: small groups together, counted only."""

    label: str | None
    labels: int
    people: int
    unplaced: int
    fairness: Fairness | None = None

    @property
    def share(self) -> float:
        """Part of the group that stays without, from 0 to 1."""
        return self.unplaced / self.people

    def as_json(self) -> dict[str, Any]:
        """The figures by name."""
        names = ("label", "labels", "people", "unplaced", "share")
        figures = {name: getattr(self, name) for name in names}
        return {**figures, "fairness": self.fairness and self.fairness.as_json()}

    def cells(self) -> list[str]:
        """A row of the table; the share is rounded down, as that of the people with a seat is."""
        share = number(floor(1_000 * self.unplaced / self.people) / 10, 1)
        return [self.name(), number(self.people), number(self.unplaced), f"{share} %"]

    def name(self) -> str:
        """What the label is called on the screen."""
        if self.label is None:
            return say("small groups (%(count)s)", count=self.labels)
        return translate("? (unknown)") if self.label == UNKNOWN_GROUP else self.label


@dataclass(frozen=True, slots=True)
class Grouping:
    """One column of labels, the largest share without a seat first."""

    column: str
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, column: str, groups: Groups, fates: Fates) -> "Grouping":
        """Count the people of each label, and those without a seat; see how the larger ones fare."""
        size = len(groups.labels)
        people = np.bincount(groups.of, minlength=size)
        unplaced = np.bincount(groups.of[~fates.placed], minlength=size)
        order = np.argsort(people, kind="stable")
        order = order[people[order] > 0]
        few = _together(people[order])
        small, shown = order[:few], order[few:]
        judged = judge(groups.of, shown, size, fates)
        found = [
            Group(groups.labels[each], 1, int(people[each]), int(unplaced[each]), fairness)
            for each, fairness in zip(shown.tolist(), judged, strict=True)
        ]
        if few:
            found.append(Group(None, few, int(people[small].sum()), int(unplaced[small].sum())))
        return cls(column, tuple(sorted(found, key=_falling)))

    @property
    def judged(self) -> list[Fairness]:
        """The fairness of the labels that are on the screen."""
        return [group.fairness for group in self.groups[:MOST] if group.fairness]

    def sentences(self) -> Iterator[str]:
        """The table, and what is not in it."""
        header = ["", *map(translate, (_("people"), _("without a seat"), _("share")))]
        yield say("People without a seat by “%(column)s”:", column=self.column)
        yield from grid([header, *(group.cells() for group in self.groups[:MOST])])
        if (more := len(self.groups) - MOST) > 0:
            yield say("… and %(more)s more.", more=more)
        if any(group.label is None for group in self.groups):
            yield say(
                "For privacy, labels of fewer than %(small)s people are put together as “small "
                "groups”, with the next one where these have fewer than %(small)s people among "
                "them.",
                small=SMALL,
            )
        yield from self._fairness()

    def _fairness(self) -> Iterator[str]:
        """A second table, of the same labels but the small ones."""
        if not self.judged:
            if len(self.groups) > MOST_LABELS:
                yield say(
                    "“%(column)s” has more than %(most)s labels: how fair that is, is not worked "
                    "out.",
                    column=self.column,
                    most=MOST_LABELS,
                )
            return
        names = [group.name() for group in self.groups[:MOST] if group.fairness]
        figures = [header(self.judged), *cells(self.judged)]
        room = WIDTH - len(grid([["", *row] for row in figures])[0])
        rows = zip(["", *names], figures, strict=True)
        yield say("Fairness by “%(column)s”:", column=self.column)
        yield from grid([[name[: max(room, _SHORTEST)], *row] for name, row in rows])


def _together(people: IntArray) -> int:
    """How many of the smallest groups go together: the small ones, and what hides them.

    A sum below the limit could be told apart by subtraction from the total, as a single group can.
    """
    small = int(np.count_nonzero(people < SMALL))
    enough = int(np.searchsorted(np.cumsum(people), SMALL)) + 1
    return min(max(small, enough), people.size) if small else 0


def _falling(group: Group) -> tuple[float, int, str]:
    return -group.share, -group.people, group.label or ""
