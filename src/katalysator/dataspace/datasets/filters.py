"""Which datasets are asked for: declared once, for the list and the API."""

from typing import Any, Final

from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.filters import area_choices, region_filter
from katalysator.coalition.models import Organisation
from katalysator.core.filters import ChoiceFilter, Choices, ListFilterSet, WordsFilter
from katalysator.dataspace.models import Dataset
from katalysator.dataspace.queries import DatasetQuerySet
from katalysator.dataspace.vocabularies import AccessRights, DataTheme

_ORDERS: Final[dict[str, list[str]]] = {
    "newest": ["-changed_at", "-pk"],
    "title": ["title", "pk"],
    "holder": ["connector__organisation__sort_name", "title", "pk"],
}


def holder_choices() -> Choices:
    """The organisations that share something, by their addresses."""
    holders = Organisation.objects.filter(connector__datasets__is_published=True).distinct()
    return list(holders.values_list("slug", "name"))


class DatasetFilter(ListFilterSet[DatasetQuerySet]):
    """Narrow the list of datasets down; everything is optional."""

    q = WordsFilter(
        label=_("Words"),
        max_length=200,
        asks="about",
        description="Words in its title, text or keywords, or in the name of who shares it: all of them.",
    )
    theme = ChoiceFilter(label=_("Theme"), choices=DataTheme.choices)
    area = ChoiceFilter(
        label=_("Area"), choices=area_choices, asks="in_area", description="An area of /areas."
    )
    region = region_filter()
    access = ChoiceFilter(label=_("Who may have it"), choices=AccessRights.choices)
    model = ChoiceFilter(label=_("Way of sharing"), choices=Dataset.Model.choices)
    personal = ChoiceFilter(label=_("Personal data"), choices=Dataset.Personal.choices)
    organisation = ChoiceFilter(
        label=_("Organisation"),
        choices=holder_choices,
        field_name="connector__organisation__slug",
        widget=HiddenInput,  # it is chosen on an organisation's page
        description="The organisation that shares it.",
    )
    sort = ChoiceFilter(
        label=_("Sort by"),
        choices=[
            ("newest", _("Newest first")),
            ("title", _("Title")),
            ("holder", _("Who shares it")),
        ],
        empty_label=None,
        default="newest",
        narrows=False,
        method="_ordered",
        description="The newest first if empty.",
    )

    def _ordered(self, found: DatasetQuerySet, _name: str, sort: str) -> Any:
        return found.order_by(*_ORDERS[sort])
