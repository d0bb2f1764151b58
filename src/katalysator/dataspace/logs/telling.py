"""Answers of terms and uses of data as lines for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet

from katalysator.core.language import say, translate
from katalysator.dataspace.deciding import may_become
from katalysator.dataspace.models import (
    Agreement,
    DatasetOffer,
    DataUse,
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
_RULES: Final[Mapping[str, str]] = {
    "permission": _("Rule %(number)s of what is allowed"),
    "prohibition": _("Rule %(number)s of what is not allowed"),
}
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """An answer of terms: to whom, about what, and why."""

    row: PolicyDecision
    who: str
    about: str
    answer: str
    rule: str
    grounds: list[str]


@dataclass(frozen=True, slots=True)
class ToldUse:
    """A use of data, and how it ended."""

    row: DataUse
    ended: str


def told_decisions(rows: Sequence[PolicyDecision]) -> list[ToldDecision]:
    """Answers as lines. Cost: five queries."""
    names, titles = (
        names_of((row.participant_id for row in rows), (row.connector_id for row in rows)),
        _titles(rows),
    )
    return [
        ToldDecision(
            row,
            names[row.participant_id],
            titles.get((row.connector_id, row.about), row.about),
            answer_of(row),
            rule_words(row.rule),
            [ground_words(each) for each in row.grounds],
        )
        for row in rows
    ]


def answer_of(row: PolicyDecision) -> str:
    """What terms answered, in words; in a catalogue what is not sure yet is no refusal."""
    if row.is_allowed:
        return translate(_("Allowed"))
    if row.step != PolicyDecision.Step.CATALOGUE or row.truth != "unknown":
        return translate(_("Not allowed"))
    shown, hidden = _("Shown: who asks has to say more"), _("Not shown: too little is known")
    return translate(shown if may_become(row) else hidden)


def rule_words(rule: str) -> str:
    """Which rule decided, as ``permission 1``, in words; empty where none did."""
    kind, _space, number = rule.partition(" ")
    return say(_RULES[kind], number=number) if kind in _RULES else rule


def _titles(rows: Iterable[PolicyDecision]) -> dict[tuple[int, str], str]:
    """What the datasets of offers and agreements are called, by whose connector these are, and their keys."""
    pairs = [(row.connector_id, row.about) for row in rows]
    holders, keys = {holder for holder, _about in pairs}, {about for _holder, about in pairs}
    offers = DatasetOffer.objects.filter(key__in=keys, dataset__connector__in=holders)
    agreements = Agreement.objects.filter(
        key__in=keys, connector__in=holders, role=ProtocolRole.PROVIDER
    ).select_related("negotiation")
    titles = titles_of(each.negotiation for each in agreements)
    return {
        (holder, key): title
        for holder, key, title in offers.values_list("dataset__connector", "key", "dataset__title")
    } | {(each.connector_id, each.key): titles[each.negotiation_id] for each in agreements}


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
    found = rows.iterator(_AT_ONCE)
    while some := list(islice(found, _AT_ONCE)):
        for each in told_decisions(some):
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
