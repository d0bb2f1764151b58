"""What narrows a search besides its words: declared once, for the page and the API; and what each means for each kind."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from django.db.models import Model, Q, QuerySet
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from katalysator.activities.models import Activity
from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices, province_choices
from katalysator.coalition.models import Membership, Organisation
from katalysator.core.filters import ChoiceFilter, ListFilterSet, WordsFilter
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.engine.search import LONGEST
from katalysator.groups.models import Decision, Meeting
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem
from katalysator.listings.models import Listing
from katalysator.listings.queries import reaching
from katalysator.questions.models import Question
from katalysator.site.search.kinds import KINDS, LABELS

_Asked: TypeAlias = Callable[[str], Q]
_NAMES: Final = ("area", "block", "language", "region")


def _is(field: str) -> _Asked:
    return lambda value: Q(**{field: value})


def _has(field: str) -> _Asked:
    return lambda value: Q(**{f"{field}__contains": [value]})


def _within(field: str) -> _Asked:
    return lambda code: Q(**{f"{field}__startswith": code})


def _of_organisation(path: str) -> dict[str, _Asked]:
    """By an organisation: where it is, and in which areas and on which blocks it says to be."""
    return {
        "area": _is(f"{path}areas"),
        "block": _has(f"{path}blocks"),
        "region": _within(f"{path}region"),
    }


def _of_knowledge(path: str) -> Mapping[str, _Asked]:
    return {
        "area": _has(f"{path}areas"),
        "block": _has(f"{path}blocks"),
        "language": _is(f"{path}language"),
        "region": _within(f"{path}organisation__region"),
    }


_OF_GROUP: Final = {"area": _is("group__areas"), "block": _has("group__blocks")}
_MEANING: Final[Mapping[type[Model], Mapping[str, _Asked]]] = {
    Listing: {
        "area": _has("areas"),
        "block": _is("block"),
        "language": _is("language"),
        "region": lambda code: reaching([code]),
    },
    Activity: {
        "area": _has("areas"),
        "block": _has("blocks"),
        "language": _is("language"),
        "region": _within("region"),
    },
    KnowledgeItem: _of_knowledge(""),
    KnowledgeFile: _of_knowledge("item__"),
    Meeting: _OF_GROUP,
    Decision: _OF_GROUP,
    Question: {"area": _is("area"), "block": _is("block"), "language": _is("text_language")},
    Organisation: _of_organisation("") | {"language": _is("about__has_key")},
    Membership: _of_organisation("organisation__"),
}
"""What a facet means for records of a table; of those for which it means nothing none are left."""


def _narrowed(found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
    asked = _MEANING[found.model].get(name)
    return found.filter(asked(value)) if asked else found.none()


def _as_they_are(found: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
    return found


class SearchFilter(ListFilterSet[QuerySet[Any]]):
    """Narrow a search down; what a facet says nothing of is left out where it is asked for."""

    q = WordsFilter(
        label=_("Words"),
        max_length=LONGEST,
        narrows=False,
        method=_as_they_are,
        widget=HiddenInput,
        description="Words, in Dutch or English.",
    )
    kind = ChoiceFilter(
        label=_("Kind of result"),
        choices=[(kind, LABELS[kind]) for kind in KINDS],
        narrows=False,
        method=_as_they_are,
        widget=HiddenInput,
        description="Results of one kind only.",
    )
    area = ChoiceFilter(
        label=_("Area"), choices=area_choices, method=_narrowed, description="An area of /areas."
    )
    block = ChoiceFilter(
        label=_("Building block"),
        choices=Block.choices,
        method=_narrowed,
        description="One of /blocks.",
    )
    language = ChoiceFilter(
        label=_("Language"),
        choices=list(TEXT_LANGUAGES.items()),
        method=_narrowed,
        description="The language of a text; people and papers of working groups have none.",
    )
    region = ChoiceFilter(
        label=_("Region"),
        choices=province_choices,
        method=_narrowed,
        description="A province of /regions.",
    )

    def facets(self) -> dict[str, str]:
        """What is asked for besides words and kind, by name; what cannot be read is not asked."""
        self.form.is_valid()
        return {
            name: self.form.cleaned_data[name]
            for name in _NAMES
            if self.form.cleaned_data.get(name)
        }


def narrowed(records: Any, facets: Mapping[str, str]) -> Any:
    """Those of some records, of any table, that facets ask for."""
    for name, value in facets.items():
        records = _narrowed(records, name, value)
    return records
