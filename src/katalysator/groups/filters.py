"""Which working groups are asked for: declared once, for the page and the API."""

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices, hub_choices
from katalysator.core.filters import ChoiceFilter, Choices, ListFilterSet
from katalysator.groups.queries import GroupQuerySet
from katalysator.groups.workflow import GROUP, SHOWN


def state_choices() -> Choices:
    """The states in which everybody sees a group."""
    return [(state, GROUP.label(state)) for state in SHOWN]


class GroupFilter(ListFilterSet[GroupQuerySet]):
    """Narrow the list of working groups down; everything is optional."""

    area = ChoiceFilter(
        label=_("Area"), choices=area_choices, asks="in_area", description="An area of /areas."
    )
    block = ChoiceFilter(
        label=_("Building block"),
        choices=Block.choices,
        asks="in_block",
        description="One that they work on.",
    )
    hub = ChoiceFilter(
        label=_("Hub"), choices=hub_choices, field_name="hub", description="A hub of /hubs."
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=state_choices,
        field_name="state",
        description="Whether it is active, rests or has ended.",
    )
