"""How many: places that an offer has, or that a need looks for."""

from collections.abc import Mapping
from math import inf
from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from katalysator.core.language import lazy, say
from katalysator.core.terms.base import Half, Interval, Term
from katalysator.core.terms.numbers import Number

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
