"""Which organisations are asked for: declared once, for the directory and the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area, Hub, Organisation
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.core import regions
from katalysator.core.changes import seldom
from katalysator.core.filters import ChoiceFilter, Choices, ListFilterSet, WordsFilter
from katalysator.core.language import active_language


def area_choices() -> Choices:
    """The application areas, in their own order."""
    return [(area.slug, str(area)) for area in seldom("all areas", _all_areas)]


def province_choices() -> Choices:
    """The provinces, by name in the active language."""
    language = active_language()
    codes = [code for code in regions.REGIONS if code.startswith("NL") and len(code) == 4]
    return [(code, regions.name(code, language)) for code in codes]


def hub_choices() -> Choices:
    """The hubs, by name."""
    return seldom("hubs", _hubs)


def _all_areas() -> list[Area]:
    return list(Area.objects.all())


def _hubs() -> Choices:
    return [(hub.slug, hub.name) for hub in Hub.objects.all()]


def block_filter() -> ChoiceFilter:
    """On which building block: asks the records `in_block`."""
    return ChoiceFilter(
        label=_("Building block"),
        choices=Block.choices,
        asks="in_block",
        description="One of /blocks.",
    )


def region_filter() -> ChoiceFilter:
    """In which province: asks the records `in_region`."""
    return ChoiceFilter(
        label=_("Region"),
        choices=province_choices,
        asks="in_region",
        description="A province of /regions.",
    )


def hub_filter() -> ChoiceFilter:
    """In the regions of which hub: asks the records `of_hub`."""
    return ChoiceFilter(
        label=_("Hub"), choices=hub_choices, method=_of_hub, description="A hub of /hubs."
    )


def _of_hub(found: Any, _name: str, slug: str) -> Any:
    return found.of_hub(Hub.objects.get(slug=slug))


class OrganisationFilter(ListFilterSet[OrganisationQuerySet]):
    """Narrow the list of organisations down; everything is optional."""

    q = WordsFilter(
        label=_("Words"),
        max_length=200,
        asks="about",
        description="Part of a name, or what they do, as in /search; the best are found.",
    )
    kind = ChoiceFilter(label=_("Kind"), choices=Organisation.Kind.choices)
    area = ChoiceFilter(
        label=_("Area"), choices=area_choices, field_name="areas", description="An area of /areas."
    )
    block, region, hub = block_filter(), region_filter(), hub_filter()
    part = ChoiceFilter(
        label=_("Takes part"),
        choices=[("yes", _("Participants")), ("no", _("Directory only"))],
        method="_taking_part",
        description="Whether it takes part.",
    )

    def _taking_part(
        self, found: OrganisationQuerySet, _name: str, answer: str
    ) -> OrganisationQuerySet:
        return found.filter(is_participant=answer == "yes")
