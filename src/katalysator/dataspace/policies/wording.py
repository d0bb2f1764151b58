"""Conditions and answers in the words of the reader: what a condition says, whether it holds, and if not why."""

from collections.abc import Mapping
from typing import Any, Final

from katalysator.core.language import translate
from katalysator.dataspace.policies.profile import LEFT_OPERANDS
from katalysator.faults import gettext_noop as _

_SAYS: Final[Mapping[str, str]] = {
    "eq": _("%(left)s is %(right)s"),
    "neq": _("%(left)s is not %(right)s"),
    "lt": _("%(left)s is less than %(right)s"),
    "lteq": _("%(left)s is at most %(right)s"),
    "gt": _("%(left)s is more than %(right)s"),
    "gteq": _("%(left)s is at least %(right)s"),
    "isA": _("%(left)s is a kind of %(right)s"),
    "hasPart": _("%(left)s has all of %(right)s"),
    "isPartOf": _("%(left)s lies within %(right)s"),
    "isAllOf": _("%(left)s is all of %(right)s"),
    "isAnyOf": _("%(left)s is one of %(right)s"),
    "isNoneOf": _("%(left)s is none of %(right)s"),
}
_OF_TIME: Final[Mapping[str, str]] = {
    "lt": _("%(left)s is before %(right)s"),
    "lteq": _("%(left)s is not after %(right)s"),
    "gt": _("%(left)s is after %(right)s"),
    "gteq": _("%(left)s is not before %(right)s"),
}
_WHY: Final[Mapping[str, str]] = {
    "operand": _("nobody here knows what “%(left)s” is about"),
    "operator": _("“%(operator)s” cannot be asked of it"),
    "value": _("“%(right)s” cannot be read"),
    "fact": _("it is not known of who asks"),
}
_OUTCOMES: Final[Mapping[str, str]] = {
    "yes": _("%(said)s – that is so."),
    "no": _("%(said)s – that is not so."),
    "unknown": _("%(said)s – nobody knows, for %(why)s."),
    "unsaid": _("%(said)s – who asks has not said whether that is so."),
    "later": _("%(said)s – that shows only when the data is used."),
    "asked": _("%(said)s – fill in below whether that is so."),
}


def condition(left: str, operator: str, right: Any) -> str:
    """What one condition says, in the active language."""
    operand = LEFT_OPERANDS.get(left)
    table = _OF_TIME if left == "dateTime" and operator in _OF_TIME else _SAYS
    sentence = table.get(operator, "%(left)s %(operator)s %(right)s")
    label = translate(operand.label) if operand else left
    return translate(sentence) % {"left": label, "operator": operator, "right": _told(right)}


def ground(told: Mapping[str, Any], said: str) -> str:
    """What came of a condition that is `said` in words, and why nobody knows where that is so, in the active language.

    Besides the reasons of a ground there are ``unsaid``, ``asked`` where it can be said on the same page, and ``later``.
    """
    why = translate(_WHY.get(told["why"], "")) % {
        "left": told["left"],
        "operator": told["operator"],
        "right": _told(told["right"]),
    }
    outcome = _OUTCOMES.get(told["why"]) or _OUTCOMES[told["truth"]]
    return translate(outcome) % {"said": said, "why": why}


def _told(right: Any) -> str:
    several = right if isinstance(right, list) else [right]
    return ", ".join(_plain(each) for each in several)


def _plain(each: Any) -> str:
    if isinstance(each, dict):
        each = each.get("@value", each.get("@id", ""))
    return str(each)[:200]
