"""Answers of terms and uses of data as lines for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from katalysator.core.language import translate
from katalysator.dataspace.models import (
    Agreement,
    DatasetOffer,
    DataUse,
    Negotiation,
    PolicyDecision,
)
from katalysator.dataspace.processes.parties import names_of, titles_of
from katalysator.dataspace.processes.words import ground_words
from katalysator.dataspace.protocol.counterparts import own_connector
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.faults import gettext_noop as _

_ENDED: Final[Mapping[str, str]] = {
    "": _("all was sent"),
    "cut-off": _("broken off: whoever fetched it went away"),
    "going-on": _("broken off, and asked for once more from there"),
    "not-running": _("stopped: the delivery stood still or was over"),
    "agreement-over": _("stopped: the agreement was over"),
    "source": _("the data could not be read where it is kept"),
    "no-part": _("a part was asked for that is not there"),
}
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """An answer of terms: to whom, about what, and why."""

    row: PolicyDecision
    who: str
    about: str
    grounds: list[str]


@dataclass(frozen=True, slots=True)
class ToldUse:
    """A use of data, and how it ended."""

    row: DataUse
    ended: str


def told_decisions(rows: Sequence[PolicyDecision]) -> list[ToldDecision]:
    """Answers as lines. Cost: six queries."""
    names, titles = (
        names_of((row.participant_id for row in rows), (row.connector_id for row in rows)),
        _titles(rows),
    )
    return [
        ToldDecision(
            row,
            names[row.participant_id],
            titles.get(row.about, row.about),
            [ground_words(each) for each in row.grounds],
        )
        for row in rows
    ]


def _titles(rows: Iterable[PolicyDecision]) -> dict[str, str]:
    """What the datasets of offers and agreements are called, by the keys of these."""
    asked = {row.about for row in rows}
    offers = DatasetOffer.objects.filter(key__in=asked).values_list("key", "dataset__title")
    agreed = Agreement.objects.filter(key__in=asked, role=ProtocolRole.PROVIDER)
    titles = titles_of(Negotiation.objects.filter(agreement__in=agreed))
    keys = agreed.values_list("key", "dataset_key")
    return dict(offers) | {key: titles.get(dataset, dataset) for key, dataset in keys}


def uses_of(agreement: Agreement) -> QuerySet[DataUse] | None:
    """The uses under an agreement that its side may read, the newest first; None where they are written down elsewhere.

    Who has the data reads all of it; who asked for it, what it used itself, where both are of this house. Cost: two queries.
    """
    found = agreement if agreement.role == ProtocolRole.PROVIDER else _other_side(agreement)
    if found is None:
        return None
    return DataUse.objects.filter(transfer__agreement=found).order_by("-began_at", "-id")


def _other_side(agreement: Agreement) -> Agreement | None:
    holder = own_connector(agreement.partner_id)
    if holder is None:
        return None
    kept = Agreement.objects.filter(connector=holder, role=ProtocolRole.PROVIDER, key=agreement.key)
    return kept.filter(partner_id=agreement.connector.participant_id).first()


def told_uses(rows: Iterable[DataUse]) -> Iterator[ToldUse]:
    """Uses as lines."""
    for row in rows:
        yield ToldUse(row, translate(_ENDED.get(row.ended, row.ended)))


def decision_lines(rows: QuerySet[PolicyDecision]) -> Iterator[list[Any]]:
    """Answers as rows of a sheet, so many at once."""
    for first in range(0, rows.count(), _AT_ONCE):
        for each in told_decisions(list(rows[first : first + _AT_ONCE])):
            row = each.row
            yield [
                row.at.isoformat(timespec="seconds"), row.step, row.participant_id, each.who, row.about,
                each.about, row.action, "yes" if row.is_allowed else "no", row.rule, row.truth, " ".join(each.grounds),
            ]  # fmt: skip


def use_lines(rows: QuerySet[DataUse]) -> Iterator[list[Any]]:
    """Uses as rows of a sheet."""
    for row in rows.iterator(_AT_ONCE):
        yield [
            row.count,
            row.began_at.isoformat(timespec="seconds"),
            row.seconds,
            row.sent,
            row.asked,
            row.ended or "complete",
        ]
