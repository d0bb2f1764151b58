"""A sheet as its preview shows it: its columns, what would happen to its rows, and all that was found."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import capfirst

from katalysator.core.language import say, translate
from katalysator.core.terms import LabelText
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.forms import column_name
from katalysator.importing.kinds import SheetImport
from katalysator.importing.plan import Effect, PlannedRow, SheetPlan
from katalysator.importing.reading import ReadSheet
from katalysator.importing.rows import SheetRows
from katalysator.tables.grid import letters
from katalysator.tables.recognition import NOT_USED, Use
from katalysator.tables.table import Table, few

SHOWN: Final = 25
"""So many rows, reasons and remarks are shown; the others are counted."""

_EXAMPLE: Final = 80
_EFFECTS: Final[Mapping[Effect, str]] = {
    Effect.CHANGED: _("Changed"),
    Effect.SAME: _("The same"),
}


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column, with what it may be taken for (value, label, whether it is)."""

    name: str
    header: str
    example: str
    choices: Sequence[tuple[str, LabelText, bool]]
    doubts: Sequence[LabelText]
    is_guess: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What would become of a row."""

    line: int
    effect: Effect
    effect_label: str
    reference: str
    title: str
    language: str
    address: str
    detail: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What was found, and where."""

    place: str
    sentence: str


def columns(sheet: ReadSheet, kind: SheetImport, target: Any) -> list[ShownColumn]:
    """All columns that hold anything, or have a name."""
    names = kind.labels(target)
    return [_column(use, names) for use in sheet.recognised.uses if use.header or use.example]


def _column(use: Use, names: Mapping[str, LabelText]) -> ShownColumn:
    taken = use.field or NOT_USED
    return ShownColumn(
        name=column_name(use.place),
        header=use.header or say("Column %(letters)s", letters=letters(use.place)),
        example=use.example if len(use.example) <= _EXAMPLE else f"{use.example[:_EXAMPLE]}…",
        choices=[(name, label, name == taken) for name, label in names.items()],
        doubts=[names[name] for name in use.instead],
        is_guess=use.by == "cells" and bool(use.field),
    )


def shown_rows(plan: SheetPlan, kind: SheetImport, target: Any) -> list[ShownRow]:
    """The first rows: those that are new or change something before those that are the same."""
    busy = sorted(plan.rows, key=lambda each: each.effect is Effect.SAME)
    return [_row(each, kind, target) for each in busy[:SHOWN]]


def _row(planned: PlannedRow, kind: SheetImport, target: Any) -> ShownRow:
    record, effect = planned.record, planned.effect
    return ShownRow(
        line=planned.row.line.number,
        effect=effect,
        effect_label=str(kind.words.new) if effect is Effect.NEW else translate(_EFFECTS[effect]),
        reference=planned.row.reference,
        title=kind.title_of(planned),
        language=kind.language_of(planned),
        address=record.get_absolute_url()
        if record.pk and hasattr(record, "get_absolute_url")
        else "",
        detail=detail(planned, kind, target),
    )


def detail(planned: PlannedRow, kind: SheetImport, target: Any) -> str:
    """What changes, or what is still to be filled in."""
    if planned.effect is Effect.CHANGED:
        known = kind.part_labels(planned, target)
        changed = tuple(known.get(name, name) for name in planned.changes)
        return say("Other than it was: %(parts)s.", parts=changed)
    missing = tuple(kind.missing(planned))
    if planned.effect is Effect.NEW and missing:
        return say("To be filled in before it is published: %(parts)s.", parts=missing)
    return ""


def findings(found: Iterable[InvalidInput], table: Table) -> list[ShownFinding]:
    """What was found in the order of the lines; the same in several places stands there once."""
    places: dict[str, list[str]] = {}
    for each in sorted(found, key=_line):
        places.setdefault(each.sentence, []).append(_place(each, table))
    return [ShownFinding("; ".join(few(each)), sentence) for sentence, each in places.items()]


def _line(found: InvalidInput) -> int:
    """The line that it is about, as the first number in its place; those of the whole sheet come first."""
    numbers = (re.search("[0-9]+", str(each)) for each in found.where[1:])
    return next((int(each[0]) for each in numbers if each), 0)


def _place(found: InvalidInput, table: Table) -> str:
    """Where it is in the sheet, in words."""
    where = found.where[1 + bool(table.sheet) :]
    return ", ".join(_part(each) for each in where)


def _part(place: object) -> str:
    return say("line %(number)s", number=str(place)) if isinstance(place, int) else str(place)


def no_records(rows: SheetRows) -> list[tuple[str, str]]:
    """Which lines are no records, by why they are none."""
    return [
        (capfirst(translate(why)), ", ".join(few(lines)))
        for why, lines in rows.read.no_records.items()
    ]


def context(
    sheet: ReadSheet, rows: SheetRows, plan: SheetPlan, kind: SheetImport, target: Any
) -> dict[str, Any]:
    """All that the page shows of the rows."""
    reasons = [reason for each in plan.left_out for reason in each.reasons]
    left_out, remarks = (findings(each, sheet.table) for each in (reasons, rows.remarks))
    counts = {str(effect): plan.counts[effect] for effect in Effect}
    return {
        "counts": counts,
        "to_do": counts["new"] + counts["changed"],
        "total": len(plan.rows),
        "rows": shown_rows(plan, kind, target),
        "more_rows": max(0, len(plan.rows) - SHOWN),
        "left_out": left_out[:SHOWN],
        "left_out_count": len(plan.left_out),
        "more_left_out": max(0, len(left_out) - SHOWN),
        "remarks": remarks[:SHOWN],
        "more_remarks": max(0, len(remarks) - SHOWN) + rows.read.more_remarks,
        "no_records": no_records(rows),
        "seen": plan.fingerprint,
    }
