"""Which organisations the bureau wants to see: the directory's questions, and those of the bureau alone."""

from typing import Any

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from katalysator.bureau.models import Label
from katalysator.coalition.filters import OrganisationFilter
from katalysator.coalition.models import Membership
from katalysator.coalition.queries import FRESH, OrganisationQuerySet
from katalysator.coalition.workflow import PARTICIPATION
from katalysator.core.filters import ChoiceFilter, Choices


def label_choices() -> Choices:
    """The labels, by name."""
    return [(name, name) for name in Label.objects.values_list("name", flat=True)]


def state_choices() -> Choices:
    """How an organisation may take part."""
    return [(state, PARTICIPATION.label(state)) for state in PARTICIPATION.states]


class WorkbenchFilter(OrganisationFilter):
    """Narrow the bureau's list of organisations down, and put it in an order."""

    state = ChoiceFilter(label=_("Takes part"), choices=state_choices)
    label = ChoiceFilter(
        label=_("Label"), choices=label_choices, field_name="labellings__label__name"
    )
    fresh = ChoiceFilter(
        label=_("Facts"),
        choices=[("yes", _("Confirmed within a year")), ("no", _("Not confirmed for a year"))],
        method="_confirmed",
    )
    people = ChoiceFilter(
        label=_("People"),
        choices=[("yes", _("Somebody speaks for it")), ("no", _("Nobody speaks for it"))],
        method="_spoken_for",
    )
    order = ChoiceFilter(
        label=_("Order"),
        choices=[
            ("name", _("By name")),
            ("oldest", _("Longest not confirmed first")),
            ("newest", _("Newest participants first")),
        ],
        empty_label=None,
        default="name",
        narrows=False,
        method="_in_order",
    )
    part = None  # type: ignore[assignment]  # `state` says more

    def _confirmed(
        self, found: OrganisationQuerySet, _name: str, answer: str
    ) -> OrganisationQuerySet:
        recent = {"confirmed_at__gte": Now() - FRESH}
        return found.filter(**recent) if answer == "yes" else found.exclude(**recent)

    def _spoken_for(
        self, found: OrganisationQuerySet, _name: str, answer: str
    ) -> OrganisationQuerySet:
        theirs = Membership.objects.filter(organisation=OuterRef("pk"))
        return found.filter(Exists(theirs) if answer == "yes" else ~Exists(theirs))

    def _in_order(
        self, found: OrganisationQuerySet, _name: str, answer: str
    ) -> OrganisationQuerySet:
        orders: dict[str, tuple[Any, ...]] = {
            "oldest": (F("confirmed_at").asc(nulls_first=True),),
            "newest": (F("joined_on").desc(nulls_last=True),),
        }
        return found.order_by(*orders.get(answer, ()), "sort_name", "pk")
