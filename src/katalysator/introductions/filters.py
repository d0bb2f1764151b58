"""How the list of introductions narrows down, for page and API alike."""

from django.utils.translation import gettext_lazy as _

from katalysator.core.filters import ChoiceFilter, ListFilterSet
from katalysator.introductions.queries import IntroductionQuerySet
from katalysator.introductions.workflow import INTRODUCTION


class IntroductionFilter(ListFilterSet[IntroductionQuerySet]):
    """Narrow the list down; everything is optional."""

    state = ChoiceFilter(
        label=_("State"),
        choices=[(name, _(state.label)) for name, state in INTRODUCTION.states.items()],
        field_name="state",
        description="Where it is.",
    )
