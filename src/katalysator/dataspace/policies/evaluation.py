"""What terms mean for somebody now: yes, no, or unknown, which gives no right either.

Kleene's three values: what is unknown stays so, unless the rest settles it. The same function answers in a catalogue, in
a negotiation, when a transfer begins, and while it runs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum
from operator import ge, gt, le, lt
from typing import Any, Final

from katalysator.dataspace.policies.profile import (
    INCLUDED,
    LEFT_OPERANDS,
    OPERATORS,
    LeftOperand,
    OperandKind,
    in_our_words,
)
from katalysator.dataspace.policies.values import OperandValue, values

DEEPEST: Final = 12


class Truth(Enum):
    """Yes, no, or nobody knows."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    def __invert__(self) -> "Truth":
        return Truth(2 - self.value)


def all_of(some: Iterable[Truth]) -> Truth:
    """Yes where all are, no where one is not."""
    return min(some, key=lambda each: each.value, default=Truth.YES)


def any_of(some: Iterable[Truth]) -> Truth:
    """Yes where one is, no where none is."""
    return max(some, key=lambda each: each.value, default=Truth.NO)


def one_of(some: Iterable[Truth]) -> Truth:
    """Yes where exactly one is, and no other may be."""
    told = list(some)
    sure, unsure = told.count(Truth.YES), told.count(Truth.UNKNOWN)
    if sure > 1:
        return Truth.NO
    if unsure:
        return Truth.UNKNOWN
    return Truth.YES if sure == 1 else Truth.NO


@dataclass(frozen=True)
class Situation:
    """What is known of who asks, for what, and when. What is None or empty is not known.

    Attributes
    ----------
    now
        The moment, with its zone.
    words
        By the name of a left operand of words or regions, what holds: an organisation may have several areas.
    count
        How often it was used, with this time.
    since
        Since when there is an agreement.

    """

    now: datetime
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    count: int | None = None
    since: datetime | None = None

    def holds(self, operand: LeftOperand) -> frozenset[OperandValue] | None:
        """The values that hold of an operand now, None where that is not known."""
        match operand.name:
            case "dateTime":
                return frozenset({self.now})
            case "count":
                return None if self.count is None else frozenset({Decimal(self.count)})
            case "elapsedTime":
                elapsed = None if self.since is None else self.now - self.since
                return None if elapsed is None else frozenset({elapsed})
        found = self.words.get(operand.name)
        if found is None:
            return None
        is_place = operand.kind is OperandKind.PLACE
        return frozenset(each.upper() if is_place else each for each in found)


@dataclass(frozen=True, slots=True)
class Ground:
    """One condition that was looked at: where it stands, what it says, and what came of it.

    `why` says why nobody knows: ``operand`` and ``operator`` are not in the profile, ``value`` cannot be read, ``fact`` is
    not known of who asks. It is empty otherwise.
    """

    rule: str
    left: str
    operator: str
    right: Any
    truth: Truth
    why: str = ""


@dataclass(frozen=True, slots=True)
class PolicyAnswer:
    """Whether an action is allowed, by which rule it is or is not, and the conditions that were looked at."""

    is_allowed: bool
    rule: str
    truth: Truth
    grounds: Sequence[Ground]
    duties: Sequence[str] = ()


def evaluate(terms: Mapping[str, Any], action: str, situation: Situation) -> PolicyAnswer:
    """Whether terms allow an action now.

    Parameters
    ----------
    terms
        `permission`, `prohibition` and `obligation` of an ODRL policy, as the protocol carries them.
    action
        One of the profile; any other is not allowed.
    situation
        Who asks, for what, when.

    Returns
    -------
    PolicyAnswer
        Allowed where a permission for the action surely holds, and surely no prohibition. `rule` is ``permission 1``,
        ``prohibition 2`` and so on, the one that decided; empty where no permission is about it at all.

    Cost: linear in the conditions. Source: ODRL Information Model 2.2, Kleene's strong logic of three values.

    """
    grounds: list[Ground] = []
    terms = in_our_words(terms)
    covered = INCLUDED.get(action, ())
    for name, rule in _rules(terms, "prohibition"):
        if _forbids(rule["action"], action):
            truth = _rule(rule, name, situation, grounds)
            if truth is not Truth.NO:
                return PolicyAnswer(False, name, ~truth, tuple(grounds))
    best: tuple[Truth, str] = (Truth.NO, "")
    for name, rule in _rules(terms, "permission"):
        if rule["action"] in covered:
            truth = _rule(rule, name, situation, grounds)
            if truth.value > best[0].value or not best[1]:
                best = (truth, name)
            if truth is Truth.YES:
                break
    duties = tuple(str(rule["action"]) for _name, rule in _rules(terms, "obligation"))
    return PolicyAnswer(best[0] is Truth.YES, best[1], best[0], tuple(grounds), duties)


def _rules(terms: Mapping[str, Any], kind: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for number, rule in enumerate(terms.get(kind) or (), start=1):
        yield f"{kind} {number}", rule


def _forbids(forbidden: str, action: str) -> bool:
    """Whether a prohibition is about an action: of it, of what includes it, or of something nobody knows."""
    return forbidden in INCLUDED.get(action, (action,)) or forbidden not in INCLUDED


def _rule(rule: Mapping[str, Any], name: str, situation: Situation, grounds: list[Ground]) -> Truth:
    told = [_constraint(each, name, situation, grounds, 0) for each in rule.get("constraint") or ()]
    return all_of(told)


_WAYS: Final = {"and": all_of, "andSequence": all_of, "or": any_of, "xone": one_of}


def _constraint(
    told: Mapping[str, Any], name: str, situation: Situation, grounds: list[Ground], depth: int
) -> Truth:
    if depth > DEEPEST:
        return Truth.UNKNOWN
    for way, join in _WAYS.items():
        if way in told:
            return join(
                [_constraint(each, name, situation, grounds, depth + 1) for each in told[way]]
            )
    ground = _atom(told, name, situation)
    grounds.append(ground)
    return ground.truth


def _atom(told: Mapping[str, Any], name: str, situation: Situation) -> Ground:
    left, operator, right = (told.get(each) for each in ("leftOperand", "operator", "rightOperand"))

    def found(truth: Truth, why: str = "") -> Ground:
        return Ground(name, str(left), str(operator), right, truth, why)

    operand = LEFT_OPERANDS.get(str(left))
    if operand is None:
        return found(Truth.UNKNOWN, "operand")
    if operator not in OPERATORS[operand.kind]:
        return found(Truth.UNKNOWN, "operator")
    wanted = values(right, operand.kind)
    if wanted is None or (operator in _ONE and len(wanted) > 1):
        return found(Truth.UNKNOWN, "value")
    holds = situation.holds(operand)
    if holds is None:
        return found(Truth.UNKNOWN, "fact")
    is_so = _compared(holds, str(operator), frozenset(wanted), operand.kind)
    return found(Truth.YES if is_so else Truth.NO)


_ONE: Final = frozenset({"lt", "lteq", "gt", "gteq"})
_ORDERED: Final[Mapping[str, Any]] = {"lt": lt, "lteq": le, "gt": gt, "gteq": ge}


def _compared(
    holds: frozenset[OperandValue],
    operator: str,
    wanted: frozenset[OperandValue],
    kind: OperandKind,
) -> bool:
    """Whether what holds stands so to what is wanted.

    For words: `eq` all that holds is just that, `isA` and `isAnyOf` something of it holds, `isAllOf` all of it holds,
    `isNoneOf` nothing of it, `isPartOf` all that holds is of it, `hasPart` all of it is of what holds.
    """
    if operator in _ORDERED:
        compare = _ORDERED[operator]
        (limit,) = wanted
        return all(compare(each, limit) for each in holds)
    within = _within if kind is OperandKind.PLACE else _alike
    match operator:
        case "eq":
            return holds == wanted
        case "neq":
            return holds != wanted
        case "isA" | "isAnyOf":
            return any(within(each, one) for each in holds for one in wanted)
        case "isNoneOf":
            return not any(within(each, one) for each in holds for one in wanted)
        case "isPartOf":
            return bool(holds) and all(any(within(each, one) for one in wanted) for each in holds)
        case "hasPart" | "isAllOf":
            return all(any(within(one, each) for each in holds) for one in wanted)
        case _:
            raise ValueError(operator)


def _alike(one: OperandValue, other: OperandValue) -> bool:
    return one == other


def _within(one: OperandValue, other: OperandValue) -> bool:
    """Whether a region is another one or a part of it."""
    return str(one).startswith(str(other))
