"""What a page tells of a round: in words, beside its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from katalysator.coalition.filters import area_choices
from katalysator.coalition.models import Organisation
from katalysator.core.language import translate
from katalysator.engine.matching import RoundOutcome
from katalysator.faults import gettext_noop
from katalysator.listings.filters import region_choices
from katalysator.rounds.matching.computing import CHOSEN, IN_TURN, REGION, WITHOUT
from katalysator.rounds.matching.figures import RegionFigures, RoundFigures
from katalysator.rounds.models import MatchingRound

_LIMITS = {
    "least": gettext_noop("the lowest chance"),
    "within_capacity": gettext_noop("the places of offers"),
    "per_organisation": gettext_noop("the most for an organisation"),
    "kept": gettext_noop("the places that are kept"),
    "rulings": gettext_noop("what was ruled by hand"),
}
_SURE = 1e-6  # of the best possible: what is nearer is called the best


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    """A way of choosing in words, with what it gives."""

    name: str
    outcome: RoundOutcome
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class ToldEffect:
    """What there would be more or less of without a limit."""

    limit: str
    pairs: int
    needs: int
    value: float


@dataclass(frozen=True, slots=True)
class ToldKind:
    """How the needs of one kind of organisation fare, in words."""

    label: str
    needs: int
    served: int
    share: float


def ways(found: MatchingRound, figures: RoundFigures) -> Iterator[ToldOutcome]:
    """What is chosen, the other ways beside it, and what was before the last change."""
    methods = MatchingRound.Method
    for name, outcome in figures.outcomes.items():
        if name == CHOSEN:
            yield ToldOutcome(str(methods(found.method).label), outcome, is_chosen=True)
        elif name == IN_TURN:
            yield ToldOutcome(_("One need after another, the oldest first"), outcome)
        elif not name.startswith(WITHOUT):
            yield ToldOutcome(str(methods(name).label), outcome)
    before = RoundFigures.of(found.earlier)
    if before is not None and CHOSEN in before.outcomes:
        yield ToldOutcome(_("Before the last change"), before.outcomes[CHOSEN])


def effects(figures: RoundFigures) -> Iterator[ToldEffect]:
    """What each limit does: what there would be without it, less what there is."""
    now = figures.outcomes[CHOSEN]
    for name, outcome in figures.outcomes.items():
        if name.startswith(WITHOUT):
            yield ToldEffect(
                limit=_limit(name.removeprefix(WITHOUT)),
                pairs=outcome.pairs - now.pairs,
                needs=outcome.needs - now.needs,
                value=outcome.value - now.value,
            )


def _limit(name: str) -> str:
    if name.startswith(REGION):
        return _("the least number of %(region)s") % {
            "region": place("region", name.removeprefix(REGION))
        }
    return translate(_LIMITS[name])


def regions(figures: RoundFigures) -> list[tuple[str, RegionFigures]]:
    """The regions with a least number, by name."""
    return [(place("region", each.region), each) for each in figures.regions]


def kinds(figures: RoundFigures) -> list[ToldKind]:
    """How each kind of organisation fares, the least served first."""
    labels = dict(Organisation.Kind.choices)
    rows = sorted(figures.kinds, key=lambda each: (each.share, -each.needs))
    return [
        ToldKind(str(labels.get(each.kind, each.kind)), each.needs, each.served, each.share)
        for each in rows
    ]


def received(figures: RoundFigures) -> list[tuple[str, int]]:
    """How many needs got which choice of theirs, in words."""
    return [
        (
            _("Choice %(first)s") % {"first": first}
            if first == last
            else _("Choice %(first)s to %(last)s") % {"first": first, "last": last},
            count,
        )
        for first, last, count in figures.received
    ]


def place(name: str, value: str) -> str:
    """An area or a region in words."""
    choices = area_choices() if name == "area" else region_choices()
    return str(dict(choices).get(value, value))


def certificate(figures: RoundFigures) -> str:
    """How near the best possible it is, in a sentence."""
    now = figures.outcomes[CHOSEN]
    if figures.checked is not None and figures.regions:
        return _(
            "Checked apart from how it was chosen, for all %(pairs)s pairs that could be: both sides would rather have each other only where a need fills a region, and of no region more needs than its least number."
        ) % {"pairs": number_format(figures.checked)}
    if figures.checked is not None:
        return _(
            "Checked apart from how it was chosen, for all %(pairs)s pairs that could be: nowhere would both rather have each other than what they get."
        ) % {"pairs": number_format(figures.checked)}
    if now.missing is None:
        best = figures.outcomes.get(MatchingRound.Method.BEST)
        if best is None or not best.value:
            return ""
        return _(
            "Nobody left out has a pair that both sides would like better than theirs. It is worth %(less)s %% less than the best possible."
        ) % {"less": number_format(100 * (1 - now.value / best.value), 2)}
    if now.missing < _SURE:
        return _("Proven: within these limits no choice is worth more.")
    return _("Proven: it is at most %(gap)s %% below the best possible.") % {
        "gap": number_format(100 * now.missing, 2)
    }
