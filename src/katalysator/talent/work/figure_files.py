"""Files with figures of work: pay and employees, tightness, open vacancies by branch, and which unit group of ISCO-08 stands in which group (BRC 2014).

What a table holds is told by the names of its columns: ours, those of CBS (85517NED; 80472NED and 83599NED) or those of UWV.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.models import FigureSet
from katalysator.talent.taxonomies.sources import TaxonomyLine, TaxonomySource

_CODE: Final = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_MOST: Final[Mapping[str, float]] = {
    "p25": 1_000.0,
    "p50": 1_000.0,
    "p75": 1_000.0,
    "employees": 20_000.0,
    "tightness": 1_000.0,
    "open": 10_000_000.0,
}
"""What a figure cannot exceed: euros an hour, thousands of people, vacancies for each jobseeker."""
_COLUMNS: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "group": r"^(brc\b|beroep)",
        "isco": r"^isco",
        "name": r"^(label_nl|naam)",
        "p25": r"p25|25e percentiel|1e kwartiel|eerste kwartiel",
        "p50": r"p50|50e percentiel|mediaan",
        "p75": r"p75|75e percentiel|3e kwartiel|derde kwartiel",
        "employees": r"^(employees|aantal werknemers|werknemers|banen)",
        "tightness": r"spanning|tightness",
        "branch": r"^(bedrijf|sbi|branche)",
        "open": r"^(aantal )?(openstaande )?vacatures|^open vacancies",
        "region": r"^(regio|region|arbeidsmarktregio)",
        "period": r"^(perioden?|kwartaal|period|quarter|jaar|year)",
    }.items()
}
_BRANCH: Final = re.compile(r"^([A-U])\s+(\S.*)$")
_THOUSANDS: Final = re.compile(r"x\s*1[ .]?000")
_YEAR: Final = re.compile(r"(20\d{2})")


_UNSAID: Final = ("", ".", "-", "x")
_COUNTRY: Final = ("nederland", "nl", "nl01")


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What a group has of a kind of figures, in a region or, where that is empty, in the whole country."""

    group: str
    region: str
    values: Mapping[str, float | str]


@dataclass(slots=True)
class FigureFiles:
    """What files say: names of groups, unit groups in each, figures by kind, and the period that they are of."""

    names: dict[str, str] = field(default_factory=dict)
    isco: dict[str, set[str]] = field(default_factory=dict)
    figures: dict[str, list[GroupFigures]] = field(default_factory=dict)
    periods: dict[str, str] = field(default_factory=dict)


def read_figures(paths: Sequence[Path]) -> FigureFiles:
    """All that some files say. Raises InvalidInput, with file and line, for what cannot be used: then nothing is."""
    source, found = TaxonomySource.of(*paths), FigureFiles()
    known = [name for name in source.names if _read(source, name, found)]
    if not known:
        raise InvalidInput(
            "figures-columns",
            _("There are no figures of pay or demand in these tables, by the names of their columns."),
            hint=_("Give them as CBS and UWV publish them, as CSV, with a column of codes of BRC 2014."),
        )  # fmt: skip
    return found


def _read(source: TaxonomySource, name: str, found: FigureFiles) -> bool:
    """Read a table, where its columns are known; whether they are."""
    columns: Mapping[str, str] = {}
    for line in source.lines(name):
        columns = columns or _columns(line.cells)
        if "branch" in columns and "open" in columns:
            _add_branch(line, columns, found)
            continue
        if "group" not in columns:
            return False
        if "isco" in columns:
            _map(line, columns, found)
        elif "tightness" in columns:
            _add(line, columns, found, FigureSet.Kind.DEMAND, ("tightness",))
        elif "p50" in columns:
            _add(line, columns, found, FigureSet.Kind.PAY, ("p25", "p50", "p75", "employees"))
        else:
            return False
    return bool(columns)


def _columns(cells: Mapping[str, str]) -> Mapping[str, str]:
    """The columns that are known, by what they hold: the first of each."""
    found: dict[str, str] = {}
    for column in cells:
        for name, pattern in _COLUMNS.items():
            if pattern.search(column.strip()):
                found.setdefault(name, column)
    return found


def _map(line: TaxonomyLine, columns: Mapping[str, str], found: FigureFiles) -> None:
    isco = line[columns["isco"]].strip()
    if not (isco.isascii() and isco.isdigit() and len(isco) == 4):
        raise line.wrong(
            InvalidInput("taxonomy-isco", _("“%(isco)s” is no code of ISCO-08."), isco=isco)
        )
    found.isco.setdefault(_group(line, columns), set()).add(isco)


def _add(
    line: TaxonomyLine,
    columns: Mapping[str, str],
    found: FigureFiles,
    kind: str,
    names: Sequence[str],
) -> None:
    said = line[columns["group"]]
    if _CODE.search(said) is None:
        return  # a total, or a level above the groups
    group = _group(line, columns)
    label = line[columns["name"]] if "name" in columns else said.replace(group, "")
    if label.strip(" -:."):
        found.names[group] = label.strip(" -:.")
    values = dict(_values(line, columns, names))
    if values:
        region = line[columns["region"]].strip() if "region" in columns else ""
        _keep(line, found, kind, GroupFigures(group, region, values))
    found.periods[kind] = _period(line, columns) or found.periods.get(kind, "")


def _add_branch(line: TaxonomyLine, columns: Mapping[str, str], found: FigureFiles) -> None:
    """The open vacancies of a branch by its letter of SBI 2008; totals, ranges and parts of branches are left out."""
    told = _BRANCH.match(line[columns["branch"]].strip())
    said = line[columns["open"]].strip()
    if told is None or said in _UNSAID:
        return
    number = _number(said)
    if number is None or not 0 <= number <= _MOST["open"]:
        raise line.wrong(
            InvalidInput("figures-number", _("“%(said)s” is no such figure."), said=said)
        ).at(columns["open"])
    factor = 1_000 if _THOUSANDS.search(columns["open"]) else 1
    region = line[columns["region"]].strip() if "region" in columns else ""
    region = "" if region.casefold() in _COUNTRY else region
    values = {"open": round(number * factor), "name": told[2]}
    _keep(line, found, FigureSet.Kind.OPEN, GroupFigures(told[1], region, values))
    period = _period(line, columns)
    found.periods[FigureSet.Kind.OPEN] = period or found.periods.get(FigureSet.Kind.OPEN, "")


def _keep(line: TaxonomyLine, found: FigureFiles, kind: str, figures: GroupFigures) -> None:
    rows = found.figures.setdefault(kind, [])
    if any((each.group, each.region) == (figures.group, figures.region) for each in rows):
        raise line.wrong(
            InvalidInput(
                "figures-twice",
                _("Group %(group)s is there twice for the same region."),
                hint=_("Give one period alone."),
                group=figures.group,
            )
        )
    rows.append(figures)


def _values(
    line: TaxonomyLine, columns: Mapping[str, str], names: Sequence[str]
) -> Iterator[tuple[str, float]]:
    for name in names:
        said = line[columns[name]].strip() if name in columns else ""
        if said in _UNSAID:
            continue  # not published
        number = _number(said)
        if number is None or not 0 <= number <= _MOST[name]:
            raise line.wrong(
                InvalidInput("figures-number", _("“%(said)s” is no such figure."), said=said)
            ).at(columns[name])
        yield name, round(number * 1_000) if name == "employees" else number


def _number(said: str) -> float | None:
    """A number with a point or a comma, as both are written."""
    plain = said.replace(",", ".")
    return float(plain) if re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", plain) else None


def _group(line: TaxonomyLine, columns: Mapping[str, str]) -> str:
    said = line[columns["group"]]
    if (code := _CODE.search(said)) is None:
        raise line.wrong(
            InvalidInput("figures-group", _("“%(said)s” holds no code of BRC 2014."), said=said)
        )
    return code[1]


def _period(line: TaxonomyLine, columns: Mapping[str, str]) -> str:
    """Of which period it is: as a column says, else the year in the name of one."""
    if "period" in columns:
        return line[columns["period"]].strip()
    years = (_YEAR.search(column) for column in line.cells)
    return next((year[1] for year in years if year), "")
