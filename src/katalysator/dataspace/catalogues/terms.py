"""The part of a form by which somebody proposes terms: for what, how long and how often."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import DayInput
from katalysator.dataspace.canvas.terms import SharingTerms, terms_of
from katalysator.dataspace.canvas.words import ResultUse, UsePurpose, word_label
from katalysator.dataspace.policies.profile import LEFT_OPERANDS, OperandKind, in_our_words
from katalysator.dataspace.policies.values import OperandValue, values

_MOST_DAYS: Final = 3_650
_MOST_USES: Final = 1_000_000
_PASSED_ON: Final = "distribute"
_WORDS: Final = {"purpose": "purposes", "derivedData": "results"}
"""The fields that say them."""
_KNOWN: Final = {"purpose": UsePurpose.choices, "derivedData": ResultUse.choices}
_ONE_OF: Final = frozenset({"eq", "isA", "isPartOf", "isAnyOf"})
_AT_MOST: Final = frozenset({"lteq"})
_ASKED: Final = {
    "purpose": _ONE_OF,
    "derivedData": _ONE_OF,
    "dateTime": _AT_MOST,
    "elapsedTime": _AT_MOST,
    "count": _AT_MOST,
}
"""The conditions that the form asks about; any other operator says something else."""
_LONGEST_WORD: Final = 100
_LAST: Final = time(23, 59, 59)
"""When a day ends, in the terms that the form makes."""


class TermsFields(forms.Form):
    """What may be done with the data; whatever is left open is not limited."""

    use_required_attribute = False

    purposes = forms.MultipleChoiceField(
        label=_("What may the data be used for?"),
        choices=UsePurpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none, and it may be used for anything."),
    )
    results = forms.MultipleChoiceField(
        label=_("What may be done with results?"),
        choices=ResultUse.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none, and anything may be done."),
    )
    until = forms.DateField(
        label=_("Until which day may the data be used?"), required=False, widget=DayInput()
    )
    days = forms.IntegerField(
        label=_("For how many days after the agreement?"),
        required=False,
        min_value=1,
        max_value=_MOST_DAYS,
    )
    uses = forms.IntegerField(
        label=_("How often may it be fetched?"), required=False, min_value=1, max_value=_MOST_USES
    )
    may_pass_on = forms.BooleanField(label=_("It may be passed on to others"), required=False)

    def know_words_of(self, terms: Iterable[Mapping[str, Any]]) -> None:
        """Let the words that terms have be chosen too."""
        told = list(terms)
        for left, name in _WORDS.items():
            self.fields[name].choices = word_choices(left, told)  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        """A day that has not gone by."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError(_("This day has gone by."))
        return until

    def terms(self, on_table: Mapping[str, Any]) -> dict[str, Any]:
        """The terms on the table with what was chosen here in place of what they said of it; all else stays."""
        said = self.cleaned_data
        chosen = SharingTerms(
            purposes=tuple(said["purposes"]),
            results=tuple(said["results"]),
            until=said["until"],
            days=said["days"],
            uses=said["uses"],
            may_pass_on=said["may_pass_on"],
        )
        return changed(on_table, chosen)


def word_choices(left: str, terms: Iterable[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    """The words of a left operand that we know, and those that terms have."""
    words: dict[str, Any] = dict(_KNOWN[left])
    for word in _words_of(in_our_words(list(terms)), left):
        words.setdefault(word, word_label(left, word))
    return list(words.items())


def _words_of(told: Any, left: str) -> Iterator[str]:
    """The words of a left operand anywhere in terms."""
    if isinstance(told, list):
        for each in told:
            yield from _words_of(each, left)
    elif isinstance(told, dict):
        if told.get("leftOperand") == left:
            found = values(told.get("rightOperand"), OperandKind.WORD) or ()
            yield from (str(each) for each in found if _is_word(each))
        else:
            for each in told.values():
                yield from _words_of(each, left)


def changed(on_table: Mapping[str, Any], chosen: SharingTerms) -> dict[str, Any]:
    """Terms in which what the form asks is as it was chosen, and all that it does not ask about is as it was."""
    (asked,) = (
        rule["constraint"] for rule in terms_of(replace(chosen, may_pass_on=False))["permission"]
    )
    told = list(on_table.get("permission") or ())
    rules = [each for each in told if not _passes_on(each)] or [{"action": "use"}]
    forbidden = [
        each
        for each in on_table.get("prohibition") or ()
        if each.get("constraint") or not _passes_on(each)
    ]
    if chosen.may_pass_on:
        rules += list(filter(_passes_on, told)) or [{"action": _PASSED_ON}]
    else:
        forbidden.append({"action": _PASSED_ON, "constraint": []})
    permissions = [{**each, "constraint": [*_split(each)[1], *asked]} for each in rules]
    terms = {
        "permission": permissions,
        "prohibition": forbidden,
        "obligation": list(on_table.get("obligation") or ()),
    }
    return {kind: rules for kind, rules in terms.items() if rules}


def _passes_on(rule: Mapping[str, Any]) -> bool:
    """Whether a rule is about giving it to others."""
    return bool(in_our_words(rule)["action"] == _PASSED_ON)


def chosen_in(terms: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of terms: what their first permission says, as far as the form can say it."""
    rules = list(terms.get("permission") or ())
    first: Mapping[str, Any] = next((each for each in rules if not _passes_on(each)), {})
    return {**_split(first)[0], "may_pass_on": any(map(_passes_on, rules))}


def _split(rule: Mapping[str, Any]) -> tuple[dict[str, Any], list[Mapping[str, Any]]]:
    """What the form shows of the conditions of a rule, and those that it does not ask about, as they were told.

    Of two that one field would show, the second is not asked about: both of them hold.
    """
    shown: dict[str, Any] = {}
    kept: list[Mapping[str, Any]] = []
    for each in rule.get("constraint") or ():
        said = _shown(in_our_words(each))
        if said and not said.keys() & shown.keys():
            shown |= said
        else:
            kept.append(each)
    return shown, kept


def _shown(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a condition; nothing where it cannot say just that."""
    left = str(told.get("leftOperand"))
    if told.get("operator") not in _ASKED.get(left, ()):
        return {}
    found = values(told.get("rightOperand"), LEFT_OPERANDS[left].kind) or []
    if left in _WORDS:
        return {_WORDS[left]: found} if found and all(map(_is_word, found)) else {}
    return _shown_limit(found[0]) if len(found) == 1 else {}


def _shown_limit(limit: OperandValue) -> dict[str, Any]:
    match limit:
        case datetime():
            return _shown_day(limit)
        case timedelta(days=days) if limit == timedelta(days) and 1 <= days <= _MOST_DAYS:
            return {"days": days}
        case Decimal() if 1 <= limit <= _MOST_USES and limit == int(limit):
            return {"uses": int(limit)}
    return {}


def _shown_day(end: datetime) -> dict[str, Any]:
    try:
        there = timezone.localtime(end)
    except (OverflowError, ValueError):  # beyond all years that there are
        return {}
    return {"until": there.date()} if there.time() == _LAST else {}


def _is_word(told: OperandValue) -> bool:
    """Whether a word can be chosen in a form: a browser sends it back as it is."""
    word = str(told)
    return len(word) <= _LONGEST_WORD and word.isprintable()
