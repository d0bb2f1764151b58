"""How many: places that an offer has, or that a need looks for."""

from collections.abc import Mapping
from math import inf
from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from katalysator.core.language import lazy, say
from katalysator.core.terms.base import Half, Interval, Term

MOST = 100_000


class Places(Term):
    """How many, and how many one offer must have at least. Every market has it, in own columns."""

    is_interval = True

    kept_in: ClassVar[tuple[str, ...]] = ("capacity", "min_capacity")

    def __init__(self) -> None:
        super().__init__(lazy("How many"), hard=True, required=False)

    @property
    def names(self) -> tuple[str, ...]:
        return self.kept_in

    def clean(self, value: Any) -> dict[str, int]:
        """Both numbers, 1 where nothing is said."""
        if not isinstance(value, Mapping | None) or not set(value or ()) <= set(self.names):
            raise self._not_one(value)
        said = {name: number for name, number in (value or {}).items() if number is not None}
        numbers = dict.fromkeys(self.names, 1) | said
        if not all(type(each) is int and 1 <= each <= MOST for each in numbers.values()):
            raise self._not_one(value)
        return numbers

    def words(self, value: Mapping[str, int]) -> str:
        several = [str(value["capacity"])] if value["capacity"] > 1 else []
        if value["min_capacity"] > 1:
            several.append(say("at least %(count)s together", count=value["min_capacity"]))
        return ", ".join(several)

    def schema(self) -> dict[str, Any]:
        number = {"type": "integer", "minimum": 1, "maximum": MOST}
        numbers = dict.fromkeys(self.names, number)
        return {"type": "object", "properties": numbers, "additionalProperties": False}

    def fields(self, half: Half) -> dict[str, forms.Field]:
        limits: dict[str, Any] = {
            "min_value": 1, "max_value": MOST, "initial": 1, "required": False,
        }  # fmt: skip
        if half == "offer":
            return {"capacity": forms.IntegerField(label=lazy("How many can you serve?"), **limits)}
        wanted = lazy("How many do you look for?")
        least = lazy("Places that one offer must have at least")
        return {
            "capacity": forms.IntegerField(label=wanted, **limits),
            "min_capacity": forms.IntegerField(label=least, **limits),
        }

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
