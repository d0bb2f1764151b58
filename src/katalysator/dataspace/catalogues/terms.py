"""The part of a form by which somebody proposes terms: for what, how long and how often."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import DayInput
from katalysator.dataspace.canvas.terms import SharingTerms, terms_of
from katalysator.dataspace.canvas.words import ResultUse, UsePurpose, word_label
from katalysator.dataspace.policies.profile import in_our_words
from katalysator.dataspace.policies.values import moment, period

_MOST_DAYS: Final = 3_650
_MOST_USES: Final = 1_000_000
_PASSED_ON: Final = "distribute"
_WORDS: Final = {"purpose": "purposes", "derivedData": "results"}
"""The fields that say them."""
_KNOWN: Final = {"purpose": UsePurpose.choices, "derivedData": ResultUse.choices}
_LIMITS: Final = frozenset({"dateTime", "elapsedTime", "count"})
_AT_MOST: Final = frozenset({"lt", "lteq"})
_ONE_OF: Final = frozenset({"eq", "isA", "isPartOf", "isAnyOf"})
"""What makes words a choice; any other operator says something else of them."""


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
    until = forms.DateField(label=_("Until which day?"), required=False, widget=DayInput())
    days = forms.IntegerField(
        label=_("How many days after the agreement?"),
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
            right = told.get("rightOperand")
            several = right if isinstance(right, list) else [right]
            yield from (each[:100] for each in several if isinstance(each, str) and each)
        else:
            for each in told.values():
                yield from _words_of(each, left)


def changed(on_table: Mapping[str, Any], chosen: SharingTerms) -> dict[str, Any]:
    """Terms in which what the form asks is as it was chosen, and all that it does not ask about is as it was."""
    (asked,) = (
        rule["constraint"] for rule in terms_of(replace(chosen, may_pass_on=False))["permission"]
    )
    rules = _but_passing_on(on_table.get("permission"))
    permissions = [
        {**each, "constraint": [*_kept(each), *asked]} for each in rules or [{"action": "use"}]
    ]
    forbidden = _but_passing_on(on_table.get("prohibition"))
    passed_on = {"action": _PASSED_ON, "constraint": list(asked)}
    if chosen.may_pass_on:
        permissions.append(passed_on)
    else:
        forbidden.append({"action": _PASSED_ON, "constraint": []})
    terms = {
        "permission": permissions,
        "prohibition": forbidden,
        "obligation": list(on_table.get("obligation") or ()),
    }
    return {kind: rules for kind, rules in terms.items() if rules}


def _but_passing_on(rules: Iterable[Mapping[str, Any]] | None) -> list[Mapping[str, Any]]:
    """Rules without those about giving it to others."""
    return [each for each in rules or () if in_our_words(each)["action"] != _PASSED_ON]


def _kept(rule: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The conditions of a rule that the form does not ask about, as they were told."""
    return [each for each in rule.get("constraint") or () if not _is_asked(in_our_words(each))]


def _is_asked(told: Mapping[str, Any]) -> bool:
    left, operator = told.get("leftOperand"), told.get("operator")
    if left in _WORDS:
        return operator in _ONE_OF
    return left in _LIMITS and operator in _AT_MOST


def chosen_in(terms: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of terms: what their first permission says, as far as the form can say it."""
    rules = in_our_words(list(terms.get("permission") or ()))
    first: Any = next((each for each in rules if each["action"] != _PASSED_ON), {})
    found: dict[str, Any] = {"may_pass_on": any(each["action"] == _PASSED_ON for each in rules)}
    for each in first.get("constraint") or ():
        if _is_asked(each):
            found |= _shown(each["leftOperand"], each.get("rightOperand"))
    return found


def _shown(left: str, right: Any) -> dict[str, Any]:
    match left:
        case "purpose" | "derivedData":
            return {_WORDS[left]: right if isinstance(right, list) else [right]}
        case "dateTime":
            return _shown_day(right)
        case "elapsedTime":
            length = period(right) if isinstance(right, str) else None
            return {"days": length.days} if length else {}
        case _:
            return {"uses": right}


def _shown_day(right: Any) -> dict[str, Any]:
    found = moment(right) if isinstance(right, str) else None
    try:
        return {"until": timezone.localdate(found)} if found else {}
    except (OverflowError, ValueError):  # beyond all years that there are
        return {}
