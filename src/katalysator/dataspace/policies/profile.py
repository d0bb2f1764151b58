"""The profile: which actions and left operands there are, of what kind each is, and which operators make sense of it.

The words are those of ODRL 2.2 where it has them (purpose, recipient, spatial, dateTime, elapsedTime, count), else ours.
What is not here is unknown, and what is unknown gives nobody a right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from katalysator.faults import gettext_noop as _


class OperandKind(StrEnum):
    """What values of an operand are, which says how they are compared."""

    WORD = "word"
    """One of some words, or several."""
    PLACE = "place"
    """The code of a region, of which longer ones that begin alike are parts."""
    MOMENT = "moment"
    """A date, or a moment with its zone."""
    NUMBER = "number"
    PERIOD = "period"
    """A length of time in ISO 8601, such as P30D."""


@dataclass(frozen=True, slots=True)
class LeftOperand:
    """One thing that a condition can be about, with its English label."""

    name: str
    kind: OperandKind
    label: str


LEFT_OPERANDS: Final[Mapping[str, LeftOperand]] = {
    each.name: each
    for each in (
        LeftOperand("purpose", OperandKind.WORD, _("Purpose of use")),
        LeftOperand("recipient", OperandKind.WORD, _("Who gets it")),
        LeftOperand("partyKind", OperandKind.WORD, _("Kind of organisation")),
        LeftOperand("membership", OperandKind.WORD, _("Takes part in the coalition")),
        LeftOperand("area", OperandKind.WORD, _("Application area")),
        LeftOperand("spatial", OperandKind.PLACE, _("Region of who gets it")),
        LeftOperand("dateTime", OperandKind.MOMENT, _("Moment of use")),
        LeftOperand("elapsedTime", OperandKind.PERIOD, _("Time since the agreement")),
        LeftOperand("count", OperandKind.NUMBER, _("Number of uses, with this one")),
        LeftOperand("derivedData", OperandKind.WORD, _("What is done with results")),
    )
}

_EQUAL: Final = ("eq", "neq")
_ORDER: Final = ("lt", "lteq", "gt", "gteq")
_SETS: Final = ("isA", "hasPart", "isPartOf", "isAllOf", "isAnyOf", "isNoneOf")
OPERATORS: Final[Mapping[OperandKind, tuple[str, ...]]] = {
    OperandKind.WORD: (*_EQUAL, *_SETS),
    OperandKind.PLACE: (*_EQUAL, "isA", "isPartOf", "hasPart", "isAnyOf", "isNoneOf"),
    OperandKind.MOMENT: (*_EQUAL, *_ORDER),
    OperandKind.NUMBER: (*_EQUAL, *_ORDER),
    OperandKind.PERIOD: (*_EQUAL, *_ORDER),
}

INCLUDED: Final[Mapping[str, tuple[str, ...]]] = {
    "use": ("use",),
    "read": ("read", "use"),
    "derive": ("derive", "use"),
    "aggregate": ("aggregate", "use"),
    "distribute": ("distribute",),
}
"""Each action with those whose permission is one for it too: to pass something on is no way of using it."""

_SPACES: Final = (
    "odrl:", "http://www.w3.org/ns/odrl/2/", "edc:", "https://w3id.org/edc/v0.0.1/ns/",
)  # fmt: skip
_WORDS: Final = frozenset({"action", "leftOperand", "operator"})


def in_our_words(told: Any) -> Any:
    """Terms, or a part of them, in the words of the profile.

    Connectors that read them as linked data put a namespace before a word: that of ODRL, and Eclipse EDC its own where it knows none.
    """
    if isinstance(told, list):
        return [in_our_words(each) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: _without_space(each) if name in _WORDS else in_our_words(each)
        for name, each in told.items()
    }


def _without_space(word: Any) -> Any:
    if not isinstance(word, str):
        return word
    space = next((each for each in _SPACES if word.startswith(each)), "")
    return word.removeprefix(space)


def rules_of(policy: Mapping[str, Any]) -> dict[str, Any]:
    """The rules of an offer or an agreement, in our words; no conditions is the same as an empty list of them."""
    return {
        kind: [{"constraint": [], **rule} for rule in in_our_words(policy[kind])]
        for kind in ("permission", "prohibition", "obligation")
        if policy.get(kind)
    }
