"""Terms made of choices: rules of our profile of ODRL, and until when terms run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from katalysator.dataspace.canvas.words import Duty, MembershipWord
from katalysator.dataspace.policies.evaluation import DEEPEST
from katalysator.dataspace.policies.profile import OperandKind, in_our_words
from katalysator.dataspace.policies.values import moment, period, values

PolicyTerms = Mapping[str, Any]
_ENDING: Final = frozenset({"lt", "lteq"})
_OF_TIME: Final = {"dateTime": OperandKind.MOMENT, "elapsedTime": OperandKind.PERIOD}


@dataclass(frozen=True, slots=True)
class SharingTerms:
    """What a holder chose: who may use it, for what, how long, how often, and what they must do.

    Attributes
    ----------
    purposes, results
        For what it may be used, and what may be done with results; anything where they are empty.
    only_participants, kinds, areas, region
        Who may have it at all; anybody where they are empty.
    until, days, uses
        The last day, so many days after the agreement, so many times; no end where they are None.
    stays_put
        Nobody sees the data itself: a question or an algorithm comes to it.
    may_pass_on
        Whether it may be given to others.
    duties
        What must be done.

    """

    purposes: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    only_participants: bool = False
    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    region: str = ""
    until: date | None = None
    days: int | None = None
    uses: int | None = None
    stays_put: bool = False
    may_pass_on: bool = False
    duties: tuple[str, ...] = ()

    @property
    def is_for_everybody(self) -> bool:
        """Whether anybody may have it, whoever it is and whatever for."""
        told = replace(self, duties=(), may_pass_on=False, until=None, days=None, uses=None)
        return told == SharingTerms()


def terms_of(chosen: SharingTerms) -> dict[str, Any]:
    """The rules of an offer, as the protocol carries them.

    What is limited stands in one permission, all of whose conditions hold; what is not allowed in prohibitions, which
    count whatever else is allowed.
    """
    conditions = list(_conditions(chosen))
    permissions = [{"action": "use", "constraint": conditions}]
    if chosen.may_pass_on and not chosen.stays_put:
        permissions.append({"action": "distribute", "constraint": list(conditions)})
    forbidden = ["read"] if chosen.stays_put else []
    if not chosen.may_pass_on or chosen.stays_put:
        forbidden.append("distribute")
    terms: dict[str, Any] = {"permission": permissions}
    if forbidden:
        terms["prohibition"] = [{"action": each, "constraint": []} for each in forbidden]
    if chosen.duties:
        told = [each for each in Duty.values if each in chosen.duties]
        terms["obligation"] = [{"action": each, "constraint": []} for each in told]
    return terms


def _conditions(chosen: SharingTerms) -> Iterator[dict[str, Any]]:
    for left, operator, right in (
        ("membership", "eq", MembershipWord.PARTICIPANT.value if chosen.only_participants else ""),
        ("partyKind", "isAnyOf", list(chosen.kinds)),
        ("area", "isAnyOf", list(chosen.areas)),
        ("spatial", "isPartOf", chosen.region),
        ("purpose", "isPartOf", list(chosen.purposes)),
        ("derivedData", "isPartOf", list(chosen.results)),
        ("dateTime", "lteq", _last_moment(chosen.until)),
        ("elapsedTime", "lteq", f"P{chosen.days}D" if chosen.days else ""),
        ("count", "lteq", str(chosen.uses) if chosen.uses else ""),
    ):
        if right:
            yield _condition(left, operator, right)


def _condition(left: str, operator: str, right: Any) -> dict[str, Any]:
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


def _last_moment(day: date | None) -> str:
    """The last second of a day on the clock of the site."""
    if day is None:
        return ""
    last = datetime.combine(day, time(23, 59, 59), timezone.get_current_timezone())
    return last.isoformat()


def end_of(terms: PolicyTerms, since: datetime) -> datetime | None:
    """When an agreement since then gives no right any more, by its own terms; None where they say no end.

    That is the latest end of its permissions; conditions that are joined otherwise than by “and” are not looked into.
    """
    ends = [_end_of_rule(rule, since) for rule in in_our_words(terms.get("permission") or [])]
    known = [each for each in ends if each is not None]
    return max(known) if ends and len(known) == len(ends) else None


def _end_of_rule(rule: Mapping[str, Any], since: datetime) -> datetime | None:
    ends = (_end_of_condition(each, since) for each in _joined(rule.get("constraint")))
    return min((each for each in ends if each is not None), default=None)


def _joined(conditions: Iterable[Any] | None, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Conditions that all hold, also where they stand within each other."""
    for each in conditions or ():
        within = each.get("and") or each.get("andSequence")
        if within and depth < DEEPEST:
            yield from _joined(within, depth + 1)
        else:
            yield each


def _end_of_condition(told: Mapping[str, Any], since: datetime) -> datetime | None:
    kind = _OF_TIME.get(str(told.get("leftOperand")))
    if kind is None or told.get("operator") not in _ENDING:
        return None
    read = values(told.get("rightOperand"), kind)
    if read is None or len(read) > 1:
        return None
    try:
        end = since + read[0] if isinstance(read[0], timedelta) else read[0]
        return end.astimezone(UTC) if isinstance(end, datetime) else None
    except OverflowError:
        return None


def with_end(terms: PolicyTerms, until: date) -> dict[str, Any]:
    """The same terms until another day, counted from no agreement: what is renewed begins anew."""
    renewed = dict(terms)
    renewed["permission"] = [_rule_until(rule, until) for rule in terms.get("permission") or ()]
    return renewed


def _rule_until(rule: Mapping[str, Any], until: date) -> dict[str, Any]:
    kept = [each for each in _joined(rule.get("constraint")) if not _is_end(each)]
    last = _condition("dateTime", "lteq", _last_moment(until))
    return {**rule, "constraint": [*kept, last]}


def _is_end(told: Mapping[str, Any]) -> bool:
    return told.get("leftOperand") in _OF_TIME and told.get("operator") in _ENDING


def on_our_clock(found: datetime) -> datetime | None:
    """A moment on the clock of the site; None at the end of time, where that has none."""
    try:
        return timezone.localtime(found)
    except (OverflowError, ValueError):
        return None


def days_left(end: datetime | None, now: datetime) -> int | None:
    """Whole days until an end; None where there is none."""
    return None if end is None else (end - now) // timedelta(days=1)


def choices_of(terms: PolicyTerms) -> SharingTerms | None:
    """The choices that these terms were made of; None for terms that were not made here, or say more than choices can."""
    conditions = {
        told.get("leftOperand"): told.get("rightOperand")
        for rule in terms.get("permission") or ()
        for told in rule.get("constraint") or ()
    }
    forbidden = [rule["action"] for rule in terms.get("prohibition") or ()]
    until, days = (
        moment(str(conditions.get("dateTime"))),
        period(str(conditions.get("elapsedTime"))),
    )
    uses = str(conditions.get("count"))
    found = SharingTerms(
        purposes=_words(conditions, "purpose"),
        results=_words(conditions, "derivedData"),
        only_participants="membership" in conditions,
        kinds=_words(conditions, "partyKind"),
        areas=_words(conditions, "area"),
        region=str(conditions.get("spatial") or ""),
        until=there.date() if until and (there := on_our_clock(until)) else None,
        days=days.days if days else None,
        uses=int(uses) if uses.isdecimal() else None,
        stays_put="read" in forbidden,
        may_pass_on="distribute" not in forbidden,
        duties=tuple(rule["action"] for rule in terms.get("obligation") or ()),
    )
    return found if terms_of(found) == terms else None


def _words(conditions: Mapping[Any, Any], left: str) -> tuple[str, ...]:
    told = conditions.get(left)
    return tuple(map(str, told)) if isinstance(told, list) else ()
