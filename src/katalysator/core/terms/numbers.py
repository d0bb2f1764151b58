"""Terms with a number, an amount or a day, and how many."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from math import inf
from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from katalysator.core.forms import DayInput
from katalysator.core.language import lazy, number, say
from katalysator.core.money import Money
from katalysator.core.periods import Period, parse_date
from katalysator.core.terms.base import EVERYTHING, Half, Interval, LabelText, Term
from katalysator.faults import InvalidInput, gettext_noop


class Asked(StrEnum):
    """What the number of a need asks of the number of an offer."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


class Measured(Term):
    """A term of one value that can be put on an axis.

    Parameters
    ----------
    asks
        What a need asks of an offer: at least its value, or at most.

    """

    is_interval = True

    json_type: ClassVar[dict[str, Any]]

    def __init__(self, label: LabelText, *, asks: Asked = Asked.AT_LEAST, **more: Any) -> None:
        super().__init__(label, **more)
        self.asks = asks

    def measure(self, value: Any) -> float:
        """Where a value lies on its axis."""
        return float(value)

    def from_measure(self, place: float) -> Any:
        """The value that lies there."""
        return self.clean(place)

    def rounded(self, value: Any, decimals: int) -> Decimal:
        """A number in any notation that Python reads, never minus nothing."""
        try:
            said = round(Decimal(str(value)), decimals)
        except InvalidOperation:
            raise self._not_one(value) from None
        if said.is_nan():
            raise self._not_one(value)
        return said + 0

    def field(self, label: LabelText, *, required: bool) -> forms.Field:
        """A form field for one value."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        return dict(self.json_type)

    def fields(self, half: Half) -> dict[str, forms.Field]:  # noqa: ARG002
        field = self.field(self.label, required=self.required)
        field.help_text = self.help_text
        return {self.name: field}

    def interval(self, half: Half, value: Any) -> Interval | None:
        if value is None:
            return None
        place = self.measure(value)
        upward = (half == "need") == (self.asks is Asked.AT_LEAST)
        return (place, inf) if upward else (-inf, place)

    def _shared(self, shared: Interval) -> str:
        low, high = shared
        return (
            ""
            if shared == EVERYTHING
            else self.words(self.from_measure(high if low == -inf else low))
        )


class Number(Measured):
    """A number, from `least` to `most`; whole where `decimals` is 0."""

    json_type: ClassVar[dict[str, Any]] = {"type": "number"}

    def __init__(
        self,
        label: LabelText,
        *,
        least: float = 0,
        most: float = 1e12,
        decimals: int = 0,
        unit: LabelText = "",
        **more: Any,
    ) -> None:
        super().__init__(label, **more)
        self.least, self.most, self.decimals, self.unit = least, most, decimals, unit

    def clean(self, value: Any) -> int | float | None:
        """The number as JSON has it; None for none."""
        if value in (None, ""):
            return None
        said = self.rounded(value, self.decimals)
        if not self.least <= said <= self.most:
            raise self._refused(
                gettext_noop("%(value)s is not from %(least)s to %(most)s."),
                gettext_noop("Give a number between these."),
                value=value,
                least=self.least,
                most=self.most,
            )
        return float(said) if self.decimals else int(said)

    def words(self, value: float) -> str:
        return f"{number(value, self.decimals)} {self.unit}".strip()

    def schema(self) -> dict[str, Any]:
        kind = "number" if self.decimals else "integer"
        return {"type": kind, "minimum": self.least, "maximum": self.most}

    def field(self, label: LabelText, *, required: bool) -> forms.Field:
        limits: dict[str, Any] = {"min_value": self.least, "max_value": self.most}
        if not self.decimals:
            return forms.IntegerField(label=label, required=required, **limits)
        return forms.DecimalField(
            label=label, required=required, decimal_places=self.decimals, **limits
        )


class Amount(Measured):
    """An amount in euros, kept as a text with two decimals."""

    json_type: ClassVar[dict[str, Any]] = {"type": "string", "pattern": r"^[0-9]{1,12}\.[0-9]{2}$"}

    def clean(self, value: Any) -> str | None:
        """The amount such as “1250.00”; None for none."""
        if value in (None, ""):
            return None
        euros = self.rounded(value, 2)
        if not 0 <= euros < 10**12:
            raise self._not_one(value)
        return f"{euros:.2f}"

    def words(self, value: str) -> str:
        return str(Money(int(Decimal(value) * 100)))

    def field(self, label: LabelText, *, required: bool) -> forms.Field:
        return forms.DecimalField(
            label=label, required=required, min_value=0, max_digits=14, decimal_places=2
        )


class Date(Measured):
    """A day."""

    json_type: ClassVar[dict[str, Any]] = {"type": "string", "format": "date"}

    def clean(self, value: Any) -> str | None:
        """The day as ISO 8601 has it; None for none."""
        text = "" if value is None else str(value)
        if _is_iso(text):
            return text
        try:
            day = parse_date(text)
        except InvalidInput as error:
            raise error.at(self.name) from None
        return day.isoformat() if day else None

    def words(self, value: str) -> str:
        day = date.fromisoformat(value)
        return str(Period(day, day))

    def measure(self, value: str) -> float:
        return float(date.fromisoformat(value).toordinal())

    def from_measure(self, place: float) -> str:
        return date.fromordinal(int(place)).isoformat()

    def field(self, label: LabelText, *, required: bool) -> forms.Field:
        return forms.DateField(label=label, required=required, widget=DayInput())


def _is_iso(text: str) -> bool:
    """Whether this is a day as it is kept; its year may be any that the calendar has."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


MOST = 100_000


class Places(Term):
    """How many, and how many one offer must have at least. Every market has it, in own columns."""

    is_interval = True

    kept_in: ClassVar[tuple[str, ...]] = ("capacity", "min_capacity")

    def __init__(self) -> None:
        super().__init__(lazy("How many"), hard=True, required=False)
        self.number = Number("", least=1, most=MOST)

    def __set_name__(self, owner: type, name: str) -> None:
        super().__set_name__(owner, name)
        self.number.name = name

    @property
    def names(self) -> tuple[str, ...]:
        return self.kept_in

    def clean(self, value: Any) -> dict[str, int]:
        """Both numbers, 1 where nothing is said."""
        if not isinstance(value, Mapping | None) or not set(value or ()) <= set(self.names):
            raise self._not_one(value)
        said = {name: self.number.clean((value or {}).get(name)) for name in self.names}
        return {name: 1 if number is None else int(number) for name, number in said.items()}

    def words(self, value: Mapping[str, int]) -> str:
        several = [str(value["capacity"])] if value["capacity"] > 1 else []
        if value["min_capacity"] > 1:
            several.append(say("at least %(count)s together", count=value["min_capacity"]))
        return ", ".join(several)

    def schema(self) -> dict[str, Any]:
        numbers = dict.fromkeys(self.names, self.number.schema())
        return {"type": "object", "properties": numbers, "additionalProperties": False}

    def fields(self, half: Half) -> dict[str, forms.Field]:
        labels = {"capacity": lazy("How many can you serve?")}
        if half == "need":
            labels = {
                "capacity": lazy("How many do you look for?"),
                "min_capacity": lazy("Places that one offer must have at least"),
            }
        fields = {name: self.number.field(label, required=False) for name, label in labels.items()}
        for field in fields.values():
            field.initial = 1
        return fields

    def from_form(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        return {name: cleaned.get(name) for name in self.names}

    def to_form(self, value: Mapping[str, Any] | None) -> dict[str, Any]:
        return dict(value or {})

    def to_columns(self, value: Mapping[str, int] | None) -> dict[str, int]:
        return self.clean(value)

    def from_columns(self, record: Any) -> dict[str, int]:
        return {name: getattr(record, name) for name in self.kept_in}

    def to_cells(self, value: Mapping[str, int] | None) -> dict[str, str]:
        said = value or {}
        least = said.get("min_capacity", 1)
        return {
            "capacity": str(said.get("capacity", 1)),
            "min_capacity": str(least) if least > 1 else "",
        }

    def interval(self, half: Half, value: Mapping[str, int] | None) -> Interval | None:
        numbers = self.clean(value)
        if half == "need":
            return (float(numbers["min_capacity"]), inf)
        return (-inf, float(numbers["capacity"]))

    def _overlaps(self, interval: Interval) -> Q:
        low, high = interval
        return Q(capacity__gte=int(low)) if high == inf else Q(min_capacity__lte=int(high))

    @property
    def refusal(self) -> str:
        return say("with too few places")

    def agreement(self, shared: Any) -> str:  # noqa: ARG002
        """Unsaid: that there is room is true of all that is shown."""
        return ""
