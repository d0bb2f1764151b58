"""Which knowledge is asked for: declared once, for the list and the API."""

from typing import Any, Final

from django.db.models import F
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices, hub_choices
from katalysator.coalition.models import Hub, Organisation
from katalysator.core.filters import ChoiceFilter, Choices, ListFilterSet, WordsFilter
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.queries import KnowledgeItemQuerySet
from katalysator.knowledge.workflow import CURRENT

_BEST: Final = "best"
_ORDERS: Final[dict[str, list[Any]]] = {
    "newest": [F("published_at").desc(nulls_last=True), "-pk"],
    "used": ["-use_count", F("published_at").desc(nulls_last=True), "-pk"],
    "title": ["title", "pk"],
}


def giver_choices() -> Choices:
    """The organisations that gave something, by their addresses."""
    givers = Organisation.objects.filter(knowledge__isnull=False).distinct()
    return list(givers.values_list("slug", "name"))


class KnowledgeFilter(ListFilterSet[KnowledgeItemQuerySet]):
    """Narrow a list of knowledge down; everything is optional."""

    q = WordsFilter(
        label=_("Words"),
        max_length=200,
        asks="about",
        description="Words, what they are about and what they mean, as in /search; the best are found.",
    )
    kind = ChoiceFilter(label=_("Kind"), choices=KnowledgeItem.Kind.choices)
    area = ChoiceFilter(
        label=_("Area"), choices=area_choices, asks="in_area", description="An area of /areas."
    )
    block = ChoiceFilter(label=_("Building block"), choices=Block.choices, asks="in_block")
    stage = ChoiceFilter(label=_("Stage"), choices=KnowledgeItem.Stage.choices)
    language = ChoiceFilter(label=_("Language"), choices=list(TEXT_LANGUAGES.items()))
    hub = ChoiceFilter(
        label=_("Hub"), choices=hub_choices, method="_of_hub", description="A hub of /hubs."
    )
    organisation = ChoiceFilter(
        label=_("Organisation"),
        choices=giver_choices,
        field_name="organisation__slug",
        widget=HiddenInput,  # it is chosen on an organisation's page
        description="The organisation that gives it.",
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[
            ("outdated", _("Outdated")),
            ("review", _("In review")),
            ("any", _("All states")),
        ],
        empty_label=_("Current"),
        default=CURRENT,
        method="_in_state",
        description="What is current if empty.",
    )
    sort = ChoiceFilter(
        label=_("Sort by"),
        choices=[
            (_BEST, _("Most relevant, or newest")),
            ("newest", _("Newest first")),
            ("used", _("Most used first")),
            ("title", _("Title")),
        ],
        empty_label=None,
        default=_BEST,
        narrows=False,
        method="_ordered",
        description="The most relevant if words are asked for, else the newest, if empty.",
    )

    def _of_hub(self, found: KnowledgeItemQuerySet, _name: str, slug: str) -> KnowledgeItemQuerySet:
        givers = Organisation.objects.of_hub(Hub.objects.get(slug=slug))
        return found.filter(organisation__in=givers.values("pk"))

    def _in_state(
        self, found: KnowledgeItemQuerySet, _name: str, state: str
    ) -> KnowledgeItemQuerySet:
        return found if state == "any" else found.filter(state=state)

    def _ordered(
        self, found: KnowledgeItemQuerySet, _name: str, sort: str
    ) -> KnowledgeItemQuerySet:
        if sort == _BEST and self.form.cleaned_data.get("q"):
            return found
        if sort == "used":
            found = found.with_counts()
        return found.order_by(*_ORDERS["newest" if sort == _BEST else sort])
