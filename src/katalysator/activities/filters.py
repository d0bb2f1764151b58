"""Which activities are asked for: declared once, for the list, the API and the feeds."""

from datetime import timedelta
from typing import Final

from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from katalysator.activities.models import Activity
from katalysator.activities.queries import ActivityQuerySet
from katalysator.coalition.filters import area_choices, block_filter, hub_filter, region_filter
from katalysator.core.filters import ChoiceFilter, ListFilterSet, WordsFilter

_WITHIN: Final = {"week": timedelta(days=7), "month": timedelta(days=31)}


class SubjectFilter(ListFilterSet[ActivityQuerySet]):
    """Narrow activities down by what they are and where, not by when; everything is optional."""

    q = WordsFilter(
        label=_("Words"),
        max_length=200,
        asks="about",
        description="Words, what they are about and what they mean, as in /search; the best are found.",
    )
    kind = ChoiceFilter(label=_("Kind"), choices=Activity.Kind.choices)
    area = ChoiceFilter(
        label=_("Area"), choices=area_choices, asks="in_area", description="An area of /areas."
    )
    block, region, hub = block_filter(), region_filter(), hub_filter()
    mode = ChoiceFilter(
        label=_("Where"),
        choices=[("site", _("On the spot")), ("online", _("Online"))],
        method="_in_mode",
        description="What is both is found by either.",
    )
    organisation = WordsFilter(
        label=_("Organisation"),
        max_length=80,
        asks="of_organisation",
        widget=HiddenInput,
        description="The slug of an organisation that holds it, alone or with others.",
    )

    group = WordsFilter(
        label=_("Working group"),
        max_length=80,
        asks="of_group",
        widget=HiddenInput,
        description="The slug of a working group that holds it.",
    )

    def _in_mode(self, found: ActivityQuerySet, _name: str, mode: str) -> ActivityQuerySet:
        return found.filter(mode__in=(mode, "both"))


class ActivityFilter(SubjectFilter):
    """The same, and by when."""

    when = ChoiceFilter(
        label=_("When"),
        choices=[
            ("coming", _("To come")),
            ("week", _("This week")),
            ("month", _("This month")),
            ("past", _("Past")),
        ],
        empty_label=None,
        default="coming",
        method="_when",
        description="What goes on now is still to come; the past begins with the newest.",
    )

    def _when(self, found: ActivityQuerySet, _name: str, when: str) -> ActivityQuerySet:
        if when == "past":
            return found.past()
        return found.before(_WITHIN[when]) if when in _WITHIN else found.to_come()
