"""Terms with two ends, of which either may be open."""

from collections.abc import Mapping
from datetime import date
from math import inf
from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from katalysator.core.language import lazy, say, translate
from katalysator.core.periods import Period
from katalysator.core.terms.base import Half, Interval, LabelText, Term
from katalysator.core.terms.numbers import Date, Measured
from katalysator.faults import gettext_noop

Ends = Mapping[str, Any]


class Range(Term):
    """From a value to a value of `of`; two ranges agree where they overlap.

    Parameters
    ----------
    of
        The term of one end, such as `Amount`.
    ends
        The labels of the two form fields.

    """

    is_interval = True

    parts: ClassVar[tuple[str, ...]] = ("min", "max")

    def __init__(
        self, label: LabelText, of: Measured, *, ends: tuple[LabelText, LabelText], **more: Any
    ) -> None:
        super().__init__(label, **{"required": False, **more})
        self.of, self.ends = of, ends

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self.of.name = name

    def clean(self, value: Any) -> dict[str, Any] | None:
        """Both ends, either of them None; None where both are. Raises where they run backward."""
        if value is None:
            return None
        if not isinstance(value, Mapping) or not set(value) <= {"min", "max"}:
            raise self._not_one(value)
        first, last = self.of.clean(value.get("min")), self.of.clean(value.get("max"))
        if first is None and last is None:
            return None
        if first is not None and last is not None and self._before(last, first):
            raise self._refused(
                gettext_noop("The range ends at %(max)s, before it begins at %(min)s."),
                gettext_noop("Change one of the two, or let them trade places."),
                min=self.of.words(first),
                max=self.of.words(last),
            )
        return {"min": first, "max": last}

    def _before(self, one: Any, other: Any) -> bool:
        return self.of.measure(one) < self.of.measure(other)

    def words(self, value: Ends) -> str:
        low, high = (None if end is None else self.of.words(end) for end in self._both(value))
        if low and high:
            return (
                low
                if low == high
                else translate("%(low)s to %(high)s") % {"low": low, "high": high}
            )
        if high:
            return translate("up to %(high)s") % {"high": high}
        return translate("from %(low)s") % {"low": low}

    def schema(self) -> dict[str, Any]:
        end = {"anyOf": [self.of.schema(), {"type": "null"}]}
        ends = dict.fromkeys(("min", "max"), end)
        return {"type": "object", "properties": ends, "additionalProperties": False}

    def fields(self, half: Half) -> dict[str, forms.Field]:  # noqa: ARG002
        """Either end may stay empty, also of a range that is required."""
        ends = zip(self.names, self.ends, strict=True)
        fields = {name: self.of.field(label, required=False) for name, label in ends}
        fields[self.names[0]].help_text = self.help_text
        return fields

    def from_form(self, cleaned: Mapping[str, Any]) -> Any:
        first, last = (cleaned.get(name) for name in self.names)
        return {"min": first, "max": last}

    def to_form(self, value: Ends | None) -> dict[str, Any]:
        return dict(zip(self.names, self._both(value), strict=True))

    def to_cells(self, value: Ends | None) -> dict[str, str]:
        cells = ("" if end is None else str(end) for end in self._both(value))
        return dict(zip(self.names, cells, strict=True))

    def interval(self, half: Half, value: Ends | None) -> Interval | None:  # noqa: ARG002
        if value is None:
            return None
        low, high = self._both(value)
        return (
            -inf if low is None else self.of.measure(low),
            inf if high is None else self.of.measure(high),
        )

    def _both(self, value: Ends | None) -> tuple[Any, Any]:
        return (value or {}).get("min"), (value or {}).get("max")

    @property
    def refusal(self) -> str:
        return say("outside the bounds of “%(term)s”", term=self.label)

    def _shared(self, shared: Interval) -> str:
        low, high = shared
        return self.words(
            {
                "min": None if low == -inf else self.of.from_measure(low),
                "max": None if high == inf else self.of.from_measure(high),
            }
        )


class DateRange(Range):
    """The days in which it can be done. Every market has it, in columns of its own."""

    parts: ClassVar[tuple[str, ...]] = ("start", "end")
    kept_in: ClassVar[tuple[str, ...]] = ("start", "end")

    def __init__(self) -> None:
        ends = lazy("From"), lazy("Until")
        super().__init__(lazy("Period"), Date(""), ends=ends, hard=True)

    @property
    def names(self) -> tuple[str, ...]:
        return self.kept_in

    def to_columns(self, value: Ends | None) -> dict[str, date | None]:
        days = [None if end is None else date.fromisoformat(end) for end in self._both(value)]
        return dict(zip(self.kept_in, days, strict=True))

    def from_columns(self, record: Any) -> Ends | None:
        return self.clean({"min": record.start, "max": record.end})

    def words(self, value: Ends) -> str:
        days = [None if end is None else date.fromisoformat(end) for end in self._both(value)]
        return str(Period(*days))

    def _overlaps(self, interval: Interval) -> Q:
        low, high = interval
        holds = Q()
        if high < inf:
            holds &= Q(start__isnull=True) | Q(start__lte=date.fromordinal(int(high)))
        if low > -inf:
            holds &= Q(end__isnull=True) | Q(end__gte=date.fromordinal(int(low)))
        return holds

    @property
    def refusal(self) -> str:
        return say("outside the period")

    def agreement(self, shared: Any) -> str:  # noqa: ARG002
        """Unsaid: that the days overlap is true of all that is shown."""
        return ""
