"""Which part of the matrix is looked at: declared once, for the page and the API."""

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.filters import hub_choices
from katalysator.coalition.models import Hub
from katalysator.core.filters import ChoiceFilter, ListFilterSet
from katalysator.listings.filters import region_choices
from katalysator.listings.queries import ListingQuerySet


class MatrixFilter(ListFilterSet[ListingQuerySet]):
    """The whole country, or a region, or a hub."""

    region = ChoiceFilter(
        label=_("Region"), choices=region_choices, description="A region of /regions."
    )
    hub = ChoiceFilter(label=_("Hub"), choices=hub_choices, description="A hub of /hubs.")

    @property
    def place(self) -> tuple[str, Hub | None]:
        """The region, and the hub; what was not asked, or cannot be read, means all."""
        self.form.is_valid()
        slug = self.form.cleaned_data.get("hub")
        hub = Hub.objects.filter(slug=slug).first() if slug else None
        return self.form.cleaned_data.get("region") or "", hub
