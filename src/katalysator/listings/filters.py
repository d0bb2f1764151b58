"""Which needs and offers are asked for: declared once, for the board, its download and the API."""

from typing import Any, Final

from django.db.models import F
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices, hub_choices, province_choices
from katalysator.coalition.models import Hub
from katalysator.coalition.queries import speaks_for_any
from katalysator.core import regions
from katalysator.core.filters import ChoiceFilter, Choices, ListFilterSet, WordsFilter
from katalysator.core.language import active_language
from katalysator.core.personal import reader
from katalysator.listings.market import markets
from katalysator.listings.queries import Fit, ListingQuerySet
from katalysator.listings.subjects import subject_choices
from katalysator.listings.workflow import LISTING, OPEN

ANY_STATE: Final = "any"
_BEST: Final = "best"
_OTHER_STATES: Final[Choices] = [
    (name, _(state.label)) for name, state in LISTING.states.items() if name != OPEN
]
_ORDERS: Final[dict[str, list[Any]]] = {
    "newest": [F("published_at").desc(nulls_last=True), "-pk"],
    "ending": [F("end").asc(nulls_last=True), "pk"],
    "title": ["title", "pk"],
}


def region_choices() -> Choices:
    """The country and its provinces, by name in the active language."""
    return [("NL", regions.name("NL", active_language())), *province_choices()]


class ListingFilter(ListFilterSet[ListingQuerySet]):
    """Narrow a list of needs and offers down; everything is optional."""

    q = WordsFilter(
        label=_("Words"),
        max_length=200,
        asks="about",
        description="Words, what they are about and what they mean, as in /search; the best are found.",
    )
    kind = ChoiceFilter(label=_("Kind"), choices=[("need", _("Needs")), ("offer", _("Offers"))])
    market = ChoiceFilter(
        label=_("Market"),
        choices=lambda: [(each.slug, each.label) for each in markets()],
        description="A market of /markets.",
    )
    area = ChoiceFilter(
        label=_("Area"), choices=area_choices, asks="in_area", description="An area of /areas."
    )
    block = ChoiceFilter(label=_("Building block"), choices=Block.choices)
    subject = ChoiceFilter(
        label=_("Subject"),
        choices=subject_choices,
        asks="telling_of",
        widget=HiddenInput,  # there are too many to choose from: they stand with listings
        description="A subject of a listing.",
    )
    region = ChoiceFilter(
        label=_("Region"),
        choices=region_choices,
        asks="in_region",
        description="A region of /regions: what is in it or around it.",
    )
    hub = ChoiceFilter(
        label=_("Hub"), choices=hub_choices, method="_of_hub", description="A hub of /hubs."
    )
    show = ChoiceFilter(
        label=_("Show"),
        choices=[
            (Fit.SERVED, _("Needs with a good offer")),
            (Fit.POSSIBLE, _("Needs with an offer that is worth a look")),
            (Fit.GAP, _("Needs for which there is nothing")),
        ],
        method="_served",
        description="Open needs by how well the best offer serves them.",
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[*_OTHER_STATES, (ANY_STATE, _("All states"))],
        empty_label=_("Open"),
        default=OPEN,
        method="_in_state",
        description="Open ones if empty.",
    )
    sort = ChoiceFilter(
        label=_("Sort by"),
        choices=[
            (_BEST, _("Most relevant, or newest")),
            ("newest", _("Newest first")),
            ("ending", _("Ending soonest")),
            ("gaps", _("Least served first")),
            ("title", _("Title")),
        ],
        empty_label=None,
        default=_BEST,
        narrows=False,
        method="_ordered",
        description="The most relevant if words are asked for, else the newest, if empty.",
    )

    @property
    def inside(self) -> bool:
        """Whether matches among participants count for who asks."""
        return self.request is not None and speaks_for_any(reader(self.request))

    def _of_hub(self, found: ListingQuerySet, _name: str, slug: str) -> ListingQuerySet:
        return found.of_hub(Hub.objects.get(slug=slug))

    def _served(self, found: ListingQuerySet, _name: str, show: str) -> ListingQuerySet:
        return found.fitting(show, inside=self.inside)

    def _in_state(self, found: ListingQuerySet, _name: str, state: str) -> ListingQuerySet:
        return found if state == ANY_STATE else found.filter(state=state)

    def _ordered(self, found: ListingQuerySet, _name: str, sort: str) -> ListingQuerySet:
        if sort == _BEST:
            return found if self.form.cleaned_data.get("q") else found.order_by(*_ORDERS["newest"])
        if sort == "gaps":
            return found.order_by("best_inside" if self.inside else "best", "pk")
        return found.order_by(*_ORDERS[sort])
