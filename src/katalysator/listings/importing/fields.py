"""What the columns of a sheet may be on the page: the fields of `sheets.py`, and the terms of one market."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText, Several
from katalysator.importing.fields import UNUSED_LABEL, spoken, with_our_own_column
from katalysator.listings.market import Market, market
from katalysator.listings.sheet_measures import MEASURES
from katalysator.listings.sheets import SHEETS, RowKind
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.kinds import LabelsIn
from katalysator.tables.recognition import NOT_USED

_LABELS: Final[Mapping[str, LabelText]] = {
    "title": _("Title"),
    "text": _("What is it about?"),
    "id": _("Your own number"),
    "areas": _("Areas"),
    "region": _("Regions"),
    "skills": _("Skills"),
    "language": _("Language of the text"),
    "level": _("Level, or other terms"),
    "period": _("Period"),
    "period_start": _("From"),
    "period_end": _("Until"),
    "stands_until": _("Open until"),
    "capacity": _("How many"),
    "min_capacity": _("Places that one offer must have at least"),
    "amount": _("Amount"),
    "ticket_min": _("From (euro)"),
    "ticket_max": _("Up to (euro)"),
    "days_a_week": _("Days a week"),
    "hours_a_week": _("Hours a week"),
    "hours_a_week_min": _("From (hours)"),
    "hours_a_week_max": _("Up to (hours)"),
    "monthly_pay": _("Pay a month"),
    "monthly_pay_min": _("Pay a month, from"),
    "monthly_pay_max": _("Pay a month, up to"),
    "course_fee": _("Price for who takes part"),
    "region_required": _("Only offers in these regions"),
    "areas_required": _("Only offers in one of these areas"),
    "organisation": _("Organisation"),
    "kind": _("Need or offer"),
    "market": _("Market"),
}
_OF_TICKETS: Final = {"amount", "ticket_min", "ticket_max"}


def sheet_of(kind: RowKind, where: type[Market]) -> SheetOf:
    """What a sheet of needs or offers of one market holds."""
    return _sheet_of(kind, where.slug)


@cache
def _sheet_of(kind: RowKind, slug: str) -> SheetOf:
    of = SHEETS[kind]
    own = map(_field, _own_choices(market(slug)).values())
    return with_our_own_column(replace(of, fields=(*of.fields, *own)))


def _own_choices(where: type[Market]) -> dict[str, Several]:
    """The terms of a market that are chosen from a list, and have no field in every sheet."""
    terms = {name: term for name, term in where.terms.items() if isinstance(term, Several)}
    return {name: term for name, term in terms.items() if name not in _LABELS}


def _field(term: Several) -> Field:
    known = {
        name: (choice,)
        for choice in term.choices
        for name in (choice, *spoken(term.choices[choice]))
    }
    return Field(term.name, LabelsIn(known, is_open=False), spoken(term.label))


def labels(kind: RowKind, where: type[Market]) -> dict[str, LabelText]:
    """What a column may be taken for on the page, by name: what such a listing can say, and what tells rows apart.

    How to reach a person, and what a keeper notes, is not among it.
    """
    names = {field.name for field in sheet_of(kind, where).fields}
    names -= set() if "ticket" in where.terms else _OF_TICKETS
    for term, fields in MEASURES.items():
        names -= set() if term in where.terms else set(fields)
    own = {name: term.label for name, term in _own_choices(where).items()}
    told = {name: label for name, label in _LABELS.items() if name in names}
    return {NOT_USED: UNUSED_LABEL, **told, **own}
