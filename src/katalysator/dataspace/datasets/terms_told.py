"""The terms of an offer in words: what one may, may not and must, each with its conditions."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from katalysator.core.language import say, translate
from katalysator.dataspace.policies.wording import condition
from katalysator.faults import gettext_noop as _

_KINDS: Final = {
    "permission": _("You may"),
    "prohibition": _("You may not"),
    "obligation": _("You must"),
}
_ACTIONS: Final = {
    "use": _("use it"),
    "read": _("read it"),
    "derive": _("make something new of it"),
    "aggregate": _("make totals and averages of it"),
    "distribute": _("pass it on"),
}
_WAYS: Final = {
    "and": _("all of these: %(conditions)s"),
    "andSequence": _("all of these, in this order: %(conditions)s"),
    "or": _("one or more of these: %(conditions)s"),
    "xone": _("just one of these: %(conditions)s"),
}
_DEEPEST: Final = 8


class ToldRule(NamedTuple):
    """One rule: what may, may not or must be done, and on which conditions."""

    kind: str
    action: str
    conditions: list[str]


def told_rules(terms: Any) -> list[ToldRule]:
    """The rules of some terms, in the active language."""
    return [
        ToldRule(translate(kind), _action(rule.get("action")), list(_conditions(rule)))
        for name, kind in _KINDS.items()
        for rule in _list(terms.get(name) if isinstance(terms, Mapping) else None)
        if isinstance(rule, Mapping)
    ]


def _action(told: Any) -> str:
    name = told.get("@id", "") if isinstance(told, Mapping) else str(told)
    name = name.rpartition("/")[2].rpartition(":")[2]
    return translate(_ACTIONS[name]) if name in _ACTIONS else name


def _conditions(rule: Mapping[str, Any]) -> Iterator[str]:
    for each in _list(rule.get("constraint")):
        yield _told(each, 0)


def _told(each: Any, depth: int) -> str:
    if not isinstance(each, Mapping) or depth > _DEEPEST:
        return "…"
    for way, sentence in _WAYS.items():
        if way in each:
            inner = [_told(one, depth + 1) for one in _list(each[way])]
            return say(sentence, conditions="; ".join(inner))
    left, operator = (str(each.get(name, "")) for name in ("leftOperand", "operator"))
    return condition(left, operator, each.get("rightOperand"))


def _list(told: Any) -> list[Any]:
    if told is None:
        return []
    return told if isinstance(told, list) else [told]
