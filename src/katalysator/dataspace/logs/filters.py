"""How the list of what terms answered narrows down."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from katalysator.core.filters import ChoiceFilter, ListFilterSet
from katalysator.dataspace.models import PolicyDecision


class DecisionFilter(ListFilterSet[QuerySet[PolicyDecision]]):
    """Narrow the list down; everything is optional."""

    step = ChoiceFilter(
        label=_("When"),
        choices=PolicyDecision.Step.choices,
        field_name="step",
        description="At which step terms were asked.",
    )
    answer = ChoiceFilter(
        label=_("Answer"),
        choices=[("yes", _("Allowed")), ("no", _("Not allowed")), ("unknown", _("Not known yet"))],
        method="answered",
        description="What they answered.",
    )

    def answered(self, records: Any, _name: str, value: str) -> Any:
        """Those in which it was allowed, was not, or was not known yet."""
        is_unsure = {"step": PolicyDecision.Step.CATALOGUE, "truth": "unknown"}
        if value == "unknown":
            return records.filter(**is_unsure)
        found = records.filter(is_allowed=value == "yes")
        return found.exclude(**is_unsure) if value == "no" else found
