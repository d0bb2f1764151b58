"""Terms in words: from a closed list of choices, or free ones, which are never compared.

A choice that is no longer in its list is shown, not compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from katalysator.cleaning import plain_line
from katalysator.core.forms import PlainLine
from katalysator.core.terms.base import Half, Interval, LabelText, Term
from katalysator.faults import gettext_noop


class _OfChoices(Term):
    """A term whose values come from `choices`: a label for each, in their order."""

    def __init__(self, label: LabelText, choices: Mapping[str, LabelText], **more: Any) -> None:
        super().__init__(label, **more)
        self.choices = choices

    def choice_words(self, choice: str) -> str:
        """The label of a choice; of one that is not known, itself."""
        return str(self.choices.get(choice, choice))

    def condition(self, half: Half, value: Any) -> Q:
        """Sharing a choice, or stating none."""
        chosen = self.labels(value)
        if not self.hard or not chosen:
            return super().condition(half, value)
        shares, states = (Q(labels__overlap=self._named(each)) for each in (chosen, self.choices))
        return shares | ~states

    def _named(self, choices: Iterable[str]) -> list[str]:
        return [f"{self.name}:{choice}" for choice in choices]

    def _known(self, choice: object) -> str:
        if not isinstance(choice, str) or choice not in self.choices:
            raise self._refused(
                gettext_noop("“%(choice)s” is not one of the choices."),
                gettext_noop("Choose from: %(choices)s."),
                choice=choice,
                choices=tuple(self.choices),
            )
        return choice

    def _shared(self, shared: Sequence[str]) -> str:
        return super()._shared([self.choice_words(choice) for choice in shared])

    def _given(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "help_text": self.help_text,
            "required": self.required,
            "choices": list(self.choices.items()),
        }


class Several(_OfChoices):
    """One or more of the choices; a hard one holds where both sides share one."""

    def clean(self, value: Any) -> list[str] | None:
        """The distinct choices in the order of the term; None for none."""
        if not isinstance(value, list | tuple | None):
            raise self._not_one(value)
        chosen = {self._known(choice) for choice in value or ()}
        return [choice for choice in self.choices if choice in chosen] or None

    def words(self, value: Sequence[str]) -> str:
        return ", ".join(map(self.choice_words, value))

    def schema(self) -> dict[str, Any]:
        items = {"type": "string", "enum": list(self.choices)}
        return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}

    def fields(self, half: Half) -> dict[str, forms.Field]:  # noqa: ARG002
        widget = forms.CheckboxSelectMultiple
        return {self.name: forms.MultipleChoiceField(**self._given(), widget=widget)}

    def to_cells(self, value: Sequence[str] | None) -> dict[str, str]:
        return {self.name: ";".join(value or ())}

    def labels(self, value: Sequence[str] | None) -> tuple[str, ...]:
        return tuple(choice for choice in value or () if choice in self.choices)


class Choice(_OfChoices):
    """One of the choices; a hard one holds where both sides made the same."""

    def clean(self, value: Any) -> str | None:
        """The choice; None for none."""
        return None if value in (None, "") else self._known(value)

    def words(self, value: str) -> str:
        return self.choice_words(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}

    def fields(self, half: Half) -> dict[str, forms.Field]:  # noqa: ARG002
        given = self._given()
        if not self.required:
            given["choices"].insert(0, ("", gettext_lazy("Not stated")))
        return {self.name: forms.ChoiceField(**given, widget=forms.RadioSelect)}

    def labels(self, value: str | None) -> tuple[str, ...]:
        return () if value is None or value not in self.choices else (value,)


class Level(Choice):
    """One of the choices, which go up: a need asks for a level or higher, an offer has one."""

    is_interval = True

    def labels(self, value: str | None) -> tuple[str, ...]:  # noqa: ARG002
        """None: levels are compared by their place."""
        return ()

    def interval(self, half: Half, value: str | None) -> Interval | None:
        if value is None or value not in self.choices:
            return None
        place = float(list(self.choices).index(value))
        return (place, inf) if half == "need" else (-inf, place)

    def _shared(self, shared: Interval) -> str:  # type: ignore[override]
        low, high = shared
        place = high if low == -inf else low
        return super()._shared([list(self.choices)[int(place)]])


class Text(Term):
    """A few words, at most `longest` characters."""

    def __init__(self, label: LabelText, *, longest: int = 200, **more: Any) -> None:
        super().__init__(label, **{"required": False, **more}, hard=False)
        self.longest = longest

    def clean(self, value: Any) -> str | None:
        """The words; None for none."""
        if not isinstance(value, str | None):
            raise self._not_one(value)
        words = plain_line(value or "")
        if len(words) > self.longest:
            raise self._refused(
                gettext_noop("This has %(length)s characters."),
                gettext_noop("Use at most %(most)s."),
                length=len(words),
                most=self.longest,
            )
        return words or None

    def words(self, value: str) -> str:
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest, "pattern": r"^[^\u0000]*$"}

    def fields(self, half: Half) -> dict[str, forms.Field]:  # noqa: ARG002
        field = PlainLine(
            label=self.label,
            help_text=self.help_text,
            required=self.required,
            max_length=self.longest,
        )
        return {self.name: field}
