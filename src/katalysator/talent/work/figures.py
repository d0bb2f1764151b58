"""What work pays and how much it is asked for, by unit group of ISCO-08: each figure with source, period and country."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from katalysator.talent.models import Figure, FigureSet, WorkGroup

WEEKS: Final = 52
MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class FigureSource:
    """Who says so, of which period, in which country."""

    source: str
    period: str
    country: str

    def __str__(self) -> str:
        return f"{self.source}, {self.period}, {self.country}"


@dataclass(frozen=True, slots=True)
class Pay:
    """What employees of a group of occupations earn, in euros an hour: a quarter less than `low`, half less than `middle`.

    `employees` is how many there are. None where that is not published.
    """

    group: str
    low: float | None
    middle: float | None
    high: float | None
    employees: int | None
    source: FigureSource

    def a_month(self, hours: int) -> int | None:
        """The middle for so many hours a week, in whole euros."""
        return None if self.middle is None else round(self.middle * hours * WEEKS / MONTHS)


@dataclass(frozen=True, slots=True)
class Demand:
    """How tight the labour market is for a group of occupations in a region, or in the whole country where that is empty."""

    group: str
    region: str
    tightness: float
    source: FigureSource


@dataclass(frozen=True, slots=True)
class WorkFigures:
    """What is known of a unit group."""

    pay: Pay | None = None
    demand: Demand | None = None


def figures_of(isco: Collection[str], region: str = "") -> Mapping[str, WorkFigures]:
    """What is known of unit groups, in a region where there are figures of it. Cost: three queries, one where there are none."""
    sets = {each.kind: each for each in FigureSet.objects.all()}
    if not sets:
        return {}
    groups = {
        code: group
        for group in WorkGroup.objects.filter(isco__overlap=list(isco))
        for code in group.isco
    }
    rows = Figure.objects.filter(
        group__in={each.code for each in groups.values()}, region__in={"", region}
    )
    known = {(row.figures_id, row.group, row.region): row for row in rows}
    return {
        code: WorkFigures(
            _pay(groups[code], sets.get(FigureSet.Kind.PAY), known),
            _demand(groups[code], sets.get(FigureSet.Kind.DEMAND), known, region),
        )
        for code in isco
        if code in groups
    }


class BranchVacancies(NamedTuple):
    """A branch, and how many vacancies are open in it."""

    code: str
    name: str
    open: int


def open_vacancies() -> tuple[FigureSource, list[BranchVacancies]] | None:
    """How many vacancies are open by branch in the whole country, most first; None where that is not loaded. Cost: two queries."""
    told = FigureSet.objects.filter(kind=FigureSet.Kind.OPEN).first()
    if told is None:
        return None
    rows = [
        BranchVacancies(row.group, row.values["name"], row.values["open"])
        for row in Figure.objects.filter(figures=told, region="")
    ]
    return _source(told), sorted(rows, key=lambda each: (-each.open, each.code))


def loaded() -> Collection[str]:
    """Of which kinds there are figures. Cost: one query."""
    return set(FigureSet.objects.values_list("kind", flat=True))


def _pay(group: WorkGroup, told: FigureSet | None, known: Mapping[Any, Figure]) -> Pay | None:
    row = known.get((told.pk, group.code, "")) if told else None
    if told is None or row is None:
        return None
    return Pay(
        group.name,
        row.values.get("p25"),
        row.values.get("p50"),
        row.values.get("p75"),
        row.values.get("employees"),
        _source(told),
    )


def _demand(
    group: WorkGroup, told: FigureSet | None, known: Mapping[Any, Figure], region: str
) -> Demand | None:
    if told is None:
        return None
    row = known.get((told.pk, group.code, region)) or known.get((told.pk, group.code, ""))
    if row is None or row.values.get("tightness") is None:
        return None
    return Demand(group.name, row.region, row.values["tightness"], _source(told))


def _source(told: FigureSet) -> FigureSource:
    return FigureSource(told.source, told.period, told.country)
