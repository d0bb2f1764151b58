"""How the list of questions narrows down, for page and API alike."""

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices
from katalysator.core.filters import ChoiceFilter, ListFilterSet, WordsFilter
from katalysator.questions.queries import QuestionQuerySet


class QuestionFilter(ListFilterSet[QuestionQuerySet]):
    """Narrow the list of questions down; everything is optional."""

    q = WordsFilter(
        label=_("Words"),
        max_length=200,
        asks="about",
        description="Words, subjects or meaning, as in /search; the best are found.",
    )
    area = ChoiceFilter(
        label=_("Area"), choices=area_choices, field_name="area", description="An area of /areas."
    )
    block = ChoiceFilter(
        label=_("Building block"),
        choices=Block.choices,
        field_name="block",
        description="What it is about.",
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[("answered", _("Answered")), ("open", _("Not answered yet"))],
        asks="in_state",
        description="Whether it is answered.",
    )
