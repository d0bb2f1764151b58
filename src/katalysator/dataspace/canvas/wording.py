"""Terms in words that everybody can read: what may, what may not and what must be done, and on which conditions."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.utils import formats
from django.utils.translation import ngettext

from katalysator.coalition.models import Area
from katalysator.core.language import translate
from katalysator.dataspace.canvas.terms import on_our_clock
from katalysator.dataspace.canvas.words import action_label, word_label
from katalysator.dataspace.policies.evaluation import DEEPEST
from katalysator.dataspace.policies.profile import LEFT_OPERANDS, OperandKind
from katalysator.dataspace.policies.values import moment, period
from katalysator.dataspace.policies.wording import condition
from katalysator.faults import gettext_noop as _

_KINDS: Final = ("permission", "prohibition", "obligation")
_SAYS: Final[Mapping[tuple[str, str], str]] = {
    ("purpose", "isPartOf"): _("only for: %(right)s"),
    ("purpose", "isAnyOf"): _("for at least one of: %(right)s"),
    ("derivedData", "isPartOf"): _("results may only be: %(right)s"),
    ("membership", "eq"): _("only by: %(right)s"),
    ("partyKind", "isAnyOf"): _("only by: %(right)s"),
    ("recipient", "eq"): _("only by: %(right)s"),
    ("recipient", "isAnyOf"): _("only by: %(right)s"),
    ("area", "isAnyOf"): _("only by who is active in: %(right)s"),
    ("spatial", "isPartOf"): _("only by who is in: %(right)s"),
    ("dateTime", "lteq"): _("until %(right)s"),
    ("dateTime", "gteq"): _("from %(right)s"),
    ("elapsedTime", "lteq"): _("until %(right)s after the agreement"),
    ("count", "lteq"): _("at most so many times: %(right)s"),
}
_CALLED: Final = frozenset({"purpose", "derivedData", "membership", "partyKind"})
"""What has words of ours, which begin with a capital where they stand alone."""
_JOINED: Final[Mapping[str, str]] = {
    "or": _("at least one of these: %(said)s"),
    "xone": _("exactly one of these: %(said)s"),
}


@dataclass(frozen=True, slots=True)
class TermsLine:
    """One rule in words: of which kind it is, what it is about, and on which conditions."""

    kind: str
    action: str
    conditions: tuple[str, ...]

    @property
    def is_allowed(self) -> bool:
        """Whether it says that something may be done."""
        return self.kind == "permission"

    @property
    def is_forbidden(self) -> bool:
        """Whether it says that something may not be done."""
        return self.kind == "prohibition"

    @property
    def label(self) -> str:
        """Of which kind it is, in the active language."""
        return translate(_OF_KINDS[self.kind])

    @property
    def sentence(self) -> str:
        """The rule in one line, as a text of an agreement has it."""
        said = f"{self.label}: {self.action}"
        return f"{said} – {'; '.join(self.conditions)}" if self.conditions else said


_OF_KINDS: Final[Mapping[str, str]] = {
    "permission": _("Allowed"),
    "prohibition": _("Not allowed"),
    "obligation": _("Required"),
}


def terms_in_words(terms: Mapping[str, Any]) -> list[TermsLine]:
    """Each rule of an offer or an agreement in the active language, permissions first. Cost: one query at most."""
    return all_in_words([terms])[0]


def all_in_words(several: Sequence[Mapping[str, Any]]) -> list[list[TermsLine]]:
    """The same of several offers. Cost: one query at most."""
    is_about_areas = '"area"' in json.dumps(several)
    areas = dict(Area.objects.values_list("slug", "name")) if is_about_areas else {}
    wording = _Wording({slug: str(name) for slug, name in areas.items()})
    return [_lines(terms, wording) for terms in several]


def _lines(terms: Mapping[str, Any], wording: "_Wording") -> list[TermsLine]:
    return [
        TermsLine(
            kind, action_label(str(rule["action"])), wording.conditions(rule.get("constraint"))
        )
        for kind in _KINDS
        for rule in terms.get(kind) or ()
    ]


@dataclass(frozen=True, slots=True)
class _Wording:
    """Says conditions, with what areas are called."""

    areas: Mapping[str, str]

    def conditions(
        self, told: Iterable[Mapping[str, Any]] | None, depth: int = 0
    ) -> tuple[str, ...]:
        return tuple(said for each in told or () for said in self._condition(each, depth))

    def _condition(self, told: Mapping[str, Any], depth: int) -> Iterable[str]:
        """A condition in words; those that all hold stand beside the others."""
        if depth > DEEPEST:
            return ("…",)
        for way in ("and", "andSequence"):
            if way in told:
                return self.conditions(told[way], depth + 1)
        for way, sentence in _JOINED.items():
            if way in told:
                parts = [", ".join(self._condition(each, depth + 1)) for each in told[way]]
                return (translate(sentence) % {"said": " / ".join(parts)},)
        left, operator = str(told.get("leftOperand")), str(told.get("operator"))
        return (condition_in_words(left, operator, told.get("rightOperand"), self.areas),)


def condition_in_words(
    left: str, operator: str, right: Any, areas: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What one condition says in the active language; `areas` are their names, by their keys."""
    several = right if isinstance(right, list) else [right]
    said = ", ".join(_within_sentence(left, value_in_words(left, each, areas)) for each in several)
    sentence = _SAYS.get((left, operator), "")
    return translate(sentence) % {"right": said} if sentence else condition(left, operator, said)


def _within_sentence(left: str, said: str) -> str:
    """What a word is called, as it stands within a sentence; names and what is written in capitals stay as they are."""
    is_label = left in _CALLED and not said[1:2].isupper()
    return said[:1].lower() + said[1:] if is_label else said


def value_in_words(left: str, told: Any, areas: Mapping[str, str] = MappingProxyType({})) -> str:
    """What the right side of a condition says in the active language; `areas` are their names, by their keys."""
    if isinstance(told, dict):
        told = told.get("@value", told.get("@id", ""))
    word = str(told)[:200]
    kind = LEFT_OPERANDS[left].kind if left in LEFT_OPERANDS else None
    match kind:
        case OperandKind.WORD if left == "area":
            return areas.get(word, word)
        case OperandKind.WORD | OperandKind.PLACE:
            return word_label(left, word)
        case OperandKind.MOMENT:
            return _day(word)
        case OperandKind.PERIOD:
            return _length(word)
    return word


def _day(word: str) -> str:
    """A moment as a day, with its time where it is not the end of one."""
    found = moment(word)
    there = found and on_our_clock(found)
    if there is None:
        return word
    is_end = (there.hour, there.minute) == (23, 59)
    return formats.date_format(there, "DATE_FORMAT" if is_end else "DATETIME_FORMAT")


def day_in_words(found: datetime) -> str:
    """The day of a moment on the clock of the site, in the active language."""
    return formats.date_format(on_our_clock(found) or found, "DATE_FORMAT")


def _length(word: str) -> str:
    found = period(word)
    if found is None or found.seconds:
        return word
    return ngettext("%(n)s day", "%(n)s days", found.days) % {"n": found.days}
