"""Measures as a page shows them: labels, figures and a drawing, in the reader's language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from katalysator.core.language import number, translate
from katalysator.core.workflow import Transition
from katalysator.engine.matching import Measure, Part
from katalysator.grades.measures import (
    BoardMeasures,
    GroupQuality,
    RankingQuality,
    ReliabilityBin,
)
from katalysator.grades.models import LearnedWeights
from katalysator.grades.workflow import WEIGHTS
from katalysator.listings.market import market
from katalysator.matches.wording import part_label

_WORTH: Final = ("log-loss", "ndcg", "first")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One group in the table: what it is, and its figures as texts; or how much is wanted yet."""

    kind: str
    label: str
    counts: str
    cells: Sequence[tuple[str, str, str]]
    wanted: str


def figure_labels() -> tuple[str, ...]:
    """What the columns of the table hold."""
    return (
        _("nDCG@5"),
        _("The first is useful"),
        _("One of three is useful"),
        _("Gain over the simple way"),
    )


def figure_rows(found: BoardMeasures) -> list[FigureRow]:
    """The rows of the table."""
    return [_row(kind, name, figures) for kind, name, figures in found.groups()]


def _row(kind: str, name: str, figures: GroupQuality) -> FigureRow:
    counts = ngettext("%(n)s need", "%(n)s needs", figures.needs) % {"n": figures.needs}
    wanted = ngettext(
        "Too few grades yet: %(n)s more need with a useful offer.",
        "Too few grades yet: %(n)s more needs with a useful offer.",
        figures.more,
    )
    return FigureRow(
        kind, group_label(kind, name), counts, list(_cells(figures)), wanted % {"n": figures.more}
    )


def group_label(kind: str, name: str) -> str:
    """What a group is called."""
    match kind:
        case "market":
            return str(market(name).label)
        case "language":
            return _("Two languages") if name == "across" else _("One language")
        case "month":
            return date_format(date.fromisoformat(f"{name}-01"), "F Y")
    return _("All together")


def _cells(figures: GroupQuality) -> Iterator[tuple[str, str, str]]:
    """Each figure by its label, with its interval, and the same of the quick encoder alone."""
    if figures.ours and figures.quick and figures.gain:
        *labels, gain = figure_labels()
        for label, name in zip(labels, RankingQuality.__slots__, strict=True):
            ours, quick = (getattr(each, name) for each in (figures.ours, figures.quick))
            yield label, figure(ours), figure(quick)
        yield gain, figure(figures.gain, signed=True), ""


def figure(measure: Measure, *, signed: bool = False, places: int = 2) -> str:
    """A figure with the interval around it."""
    value, low, high = (number(each, places) for each in (measure.value, measure.low, measure.high))
    sign = "+" if signed and measure.value > 0 else ""
    return _("%(value)s (%(low)s to %(high)s)") % {"value": sign + value, "low": low, "high": high}


@dataclass(frozen=True, slots=True)
class ReliabilityDot:
    """A step in the drawing, in per cents from the left and from above; and in the table."""

    left: int
    top: int
    highest: int
    lowest: int
    step: str
    pairs: int
    said: str
    seen: str


def reliability_dots(bins: Sequence[ReliabilityBin]) -> list[ReliabilityDot]:
    """What was said and what was seen, drawn and in words."""
    return [_dot(each) for each in bins]


def _dot(step: ReliabilityBin) -> ReliabilityDot:
    seen = step.seen
    return ReliabilityDot(
        left=round(100 * step.said),
        top=100 - round(100 * seen.value),
        highest=100 - round(100 * seen.high),
        lowest=100 - round(100 * seen.low),
        step=f"{_percent(step.low)} – {_percent(step.high)}",
        pairs=seen.count,
        said=_percent(step.said),
        seen=_("%(value)s (%(low)s to %(high)s)")
        % {
            "value": _percent(seen.value),
            "low": _percent(seen.low),
            "high": _percent(seen.high),
        },
    )


def _percent(share: float) -> str:
    return _("%(percent)s%%") % {"percent": number(round(100 * share))}


@dataclass(frozen=True, slots=True)
class WeightsRow:
    """One set of learned weights: what changes, what that is worth, and what can be done with it."""

    weights: LearnedWeights
    state_label: str
    parts: Sequence[tuple[str, str]]
    worth: Sequence[tuple[str, str, str, str]]
    is_better: bool
    deeds: Sequence[tuple[str, str]]


def weights_row(row: LearnedWeights, steps: Sequence[Transition]) -> WeightsRow:
    """Learned weights as the page shows them."""
    loss = row.worth[_WORTH[0]]
    return WeightsRow(
        row,
        WEIGHTS.label(row.state),
        [
            (part_label(part), _("%(times)s times") % {"times": number(row.counts[part], 2)})
            for part in Part
            if part in row.counts
        ],
        [_worth(name, row.worth[name]) for name in _WORTH if name in row.worth],
        loss["low"] > 0,
        [(step.deed, translate(step.label)) for step in steps],
    )


def _worth(name: str, found: Mapping[str, float]) -> tuple[str, str, str, str]:
    """A measure by name, before, after, and the gain with its interval."""
    gain = Measure(found["gain"], found["low"], found["high"], int(found["needs"]))
    labels = {
        "log-loss": _("Log loss (less is better)"),
        "ndcg": _("nDCG@5"),
        "first": _("The first is useful"),
    }
    before, after = (number(found[when], 3) for when in ("before", "after"))
    return labels[name], before, after, figure(gain, signed=True, places=3)
