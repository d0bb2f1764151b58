"""Who stays without a seat and how the others fare, group by group, in words and in JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import floor, inf, log10
from typing import Any, Final

from katalysator.cli.answering import grid
from katalysator.core.language import number, say, translate
from katalysator.engine.matching import (
    FOUR_FIFTHS,
    MOST_LABELS,
    SMALLEST_GROUP,
    UNKNOWN_GROUP,
    Estimate,
    GroupFairness,
    GroupFate,
)
from katalysator.faults import gettext_noop as _

MOST: Final = 20
"""Labels of a column that are shown."""
WIDTH: Final = 100
"""Characters of a line; long labels are cut where fairness stands beside them."""
_SHORTEST: Final = 8  # characters that a label keeps even then
_FIGURES: Final = ("selection", "quality", "exposure", "price")


@dataclass(frozen=True, slots=True)
class Grouping:
    """One column of labels, the largest share without a seat first."""

    column: str
    groups: tuple[GroupFate, ...]

    @property
    def judged(self) -> list[GroupFairness]:
        """The fairness of the labels that are on the screen."""
        return [group.fairness for group in self.groups[:MOST] if group.fairness]

    def as_json(self) -> list[dict[str, Any]]:
        """The figures of each label by name."""
        return [_object(group) for group in self.groups]

    def sentences(self) -> Iterator[str]:
        """The table, and what is not in it."""
        header = ["", *map(translate, (_("people"), _("without a seat"), _("share")))]
        yield say("People without a seat by “%(column)s”:", column=self.column)
        yield from grid([header, *map(_counts, self.groups[:MOST])])
        if (more := len(self.groups) - MOST) > 0:
            yield say("… and %(more)s more.", more=more)
        if any(group.label is None for group in self.groups):
            yield say(
                "For privacy, labels of fewer than %(small)s people are put together as “small "
                "groups”, with the next one where these have fewer than %(small)s people among "
                "them.",
                small=SMALLEST_GROUP,
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
        names = [_name(group) for group in self.groups[:MOST] if group.fairness]
        figures = [_header(self.judged), *_cells(self.judged)]
        room = WIDTH - len(grid([["", *row] for row in figures])[0])
        rows = zip(["", *names], figures, strict=True)
        yield say("Fairness by “%(column)s”:", column=self.column)
        yield from grid([[name[: max(room, _SHORTEST)], *row] for name, row in rows])


def explanation(rows: Sequence[GroupFairness]) -> Iterator[str]:
    """What the columns mean, and what a sign is."""
    yield say(
        "“selection”: the share of a label that has a seat, over that of the best-off label here. "
        "“quality”: the mean score of its seats. “exposure”: its share of the places in the lists "
        "of the openings, over its share of the people; 1 is in proportion."
    )
    if any(row.price for row in rows):
        yield say("“price effect”: how much the prices lower the scores in its lists.")
    yield say(
        "In brackets stands an interval of 95 %%: how much a figure may depend on chance. “-” "
        "stands where there are too few people, or nothing to compare."
    )
    if any(row.falls_behind for row in rows):
        yield say(
            "“behind” means that the whole interval lies below %(limit)s (four fifths): a signal "
            "to look closer, not a verdict.",
            limit=number(FOUR_FIFTHS, 2),
        )


def _object(group: GroupFate) -> dict[str, Any]:
    """The figures by name. JSON has no infinity: a `high` without end is None."""
    told = asdict(group, dict_factory=_finite) | {"share": group.share}
    if group.fairness:
        figures = {name: told["fairness"][name] for name in _FIGURES}
        told["fairness"] = {**figures, "behind": group.fairness.falls_behind}
    return told


def _finite(figures: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: None if figure == inf else figure for name, figure in figures}


def _counts(group: GroupFate) -> list[str]:
    """A row of the table; the share is rounded down, as that of the people with a seat is."""
    share = number(floor(1_000 * group.unplaced / group.people) / 10, 1)
    return [_name(group), number(group.people), number(group.unplaced), f"{share} %"]


def _name(group: GroupFate) -> str:
    """What the label is called on the screen."""
    if group.label is None:
        return say("small groups (%(count)s)", count=group.labels)
    return translate("? (unknown)") if group.label == UNKNOWN_GROUP else group.label


def _header(rows: Sequence[GroupFairness]) -> list[str]:
    """The names of the columns of `_cells`."""
    names = [_("selection"), _("quality"), _("exposure")]
    if any(row.price for row in rows):
        names.append(_("price effect"))
    return list(map(translate, names))


def _cells(rows: Sequence[GroupFairness]) -> list[list[str]]:
    """Each label's figures with their intervals, and a word where it is far behind."""
    quality = _places([row.quality for row in rows], digits=3)
    price = _places([row.price for row in rows], digits=2)
    behind = {True: translate("behind") + " ", False: ""}
    table = [
        [
            behind[row.falls_behind] + _told(row.selection, 2),
            _told(row.quality, quality),
            _told(row.exposure, 2),
            _told(row.price, price),
        ]
        for row in rows
    ]
    columns = len(_header(rows))
    return [row[:columns] for row in table]


def _places(figures: Sequence[Estimate | None], digits: int) -> int:
    """Decimals with which the largest figure has so many digits."""
    largest = max((figure.value for figure in figures if figure), default=0.0)
    return min(max(digits - 1 - floor(log10(largest)), 0), 6) if largest > 0.0 else 2


def _told(figure: Estimate | None, places: int) -> str:
    if figure is None:
        return "-"
    value, low, high = (
        "∞" if found == inf else number(found, places)
        for found in (figure.value, figure.low, figure.high)
    )
    return f"{value} ({low}–{high})"
