"""Lists that people and programs narrow down, each declared once: as a `ListFilterSet`.

From the declaration follow the form of the page, the query, what is filtered on with the way back,
and the parameters of the API, with their descriptions and choices in its document. The page leaves
out of account what it cannot read; the API refuses it.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Generic, Literal, NamedTuple, TypeVar, cast

import django_filters
from django.db.models import QuerySet
from django.forms import Field as FormField, HiddenInput
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import Field, create_model

from katalysator.core.api import Paging, Resource, checked
from katalysator.core.forms import PlainLine

Choices = Sequence[tuple[str, "str | Promise"]]

_ALL = _("All")

RecordsT = TypeVar("RecordsT", bound=QuerySet[Any])


class ActiveFilter(NamedTuple):
    """Something that is filtered on: what it says, and the query without it."""

    label: str
    without: str


class ListFilter(django_filters.Filter):
    """One question to a list.

    Parameters
    ----------
    description
        What the document of the API says of it.
    default
        What counts where nothing is asked, or what cannot be read.
    narrows
        Whether it leaves anything out; an order does not, and is never among what is filtered on.
    asks
        The method of the records that answers it, where one does.
    named
        What `django_filters` knows: `field_name`, `label`, `method`.

    """

    def __init__(
        self,
        *,
        description: str = "",
        default: str = "",
        narrows: bool = True,
        asks: str = "",
        **named: Any,
    ) -> None:
        super().__init__(**named)
        self.description, self.default, self.narrows = description, default, narrows
        if asks:
            self.method = lambda records, _name, value: getattr(records, asks)(value)

    def parameter(self) -> tuple[Any, Any]:
        """Its type and its field in the API."""
        longest = self.extra.get("max_length")
        more = {"maxLength": longest} if longest else {}
        return self._type(), Field("", description=self.description or None, json_schema_extra=more)

    def _type(self) -> Any:
        return str


class WordsFilter(ListFilter, django_filters.CharFilter):
    """Words that are typed; `max_length` is in characters.

    They are looked for among what all other questions leave, and may give it an order.
    """

    field_class = PlainLine


class ChoiceFilter(ListFilter, django_filters.ChoiceFilter):
    """One of some `choices`: values with their labels, or a function that gives them.

    Such a function is asked once for each form, and the document of the API leaves its values out;
    of a question that the form hides it is asked only where something was chosen. `empty_label` is the
    choice of choosing nothing; None where one of the choices is that.
    """

    def __init__(
        self,
        *,
        choices: Choices | Callable[[], Choices],
        empty_label: "str | Promise | None" = _ALL,
        **named: Any,
    ) -> None:
        super().__init__(choices=choices, empty_label=empty_label, **named)

    @property
    def field(self) -> FormField:
        """The field of the form, with its choices at hand."""
        is_hidden = self.extra.get("widget") is HiddenInput
        if callable(self.extra["choices"]) and not is_hidden:
            self.extra["choices"] = list(self.extra["choices"]())
        return super().field

    def _type(self) -> Any:
        choices = self.extra["choices"]
        return str if callable(choices) else Literal[("", *(value for value, _label in choices))]


class ListFilterSet(django_filters.FilterSet, Generic[RecordsT]):
    """The questions that a list answers; made of `ListFilter`s.

    What cannot be read counts as not asked. `request` is there for questions whose answer depends on
    who asks.
    """

    base_filters: OrderedDict[str, ListFilter]  # type: ignore[assignment]
    filters: OrderedDict[str, ListFilter]  # type: ignore[assignment]

    @property
    def qs(self) -> RecordsT:
        """The records that are asked for."""
        return cast("RecordsT", super().qs)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Ask every question, with its default where it is not asked: for an order last of all."""
        for name, each in sorted(self.filters.items(), key=lambda item: _turn(item[1])):
            queryset = each.filter(queryset, self.form.cleaned_data.get(name) or each.default)
        return queryset

    def active(self) -> Iterator[ActiveFilter]:
        """What is filtered on, in the order of the form; for a page, whose data is its query."""
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            if value and self.filters[name].narrows:
                yield ActiveFilter(self._label(name, value), f"?{self._without(name)}")

    def _label(self, name: str, value: str) -> str:
        field = self.form.fields[name]
        choices = dict(getattr(field, "choices", ()))
        return f"{field.label}: {choices.get(value, value)}"

    def _without(self, name: str) -> str:
        rest = cast("QueryDict", self.data).copy()
        for each in (name, "page"):
            rest.pop(each, None)
        return rest.urlencode()


def _turn(question: ListFilter) -> tuple[bool, bool]:
    return not question.narrows, isinstance(question, WordsFilter)


FiltersT = TypeVar("FiltersT", bound=ListFilterSet[Any])


class FilterQuery(Resource, Generic[FiltersT]):
    """``FilterQuery[SomeFilters]`` has the questions of a declaration as parameters of the API."""

    declared: ClassVar[type[ListFilterSet[Any]]]

    def __class_getitem__(cls, filters: Any) -> Any:
        """The parameters: a type of their own."""
        if isinstance(filters, TypeVar):
            return cls
        fields: dict[str, Any] = {n: each.parameter() for n, each in filters.base_filters.items()}
        query = create_model(f"{filters.__name__}Query", __base__=cls, **fields)
        query.declared = filters
        return query

    def asked(self, records: QuerySet[Any], request: HttpRequest) -> FiltersT:
        """The questions as they were asked; raises a 400 that names what cannot be read."""
        filters = self.declared(self.model_dump(), records, request=request)
        checked(filters.form)
        return cast("FiltersT", filters)

    def narrow(self, records: RecordsT, request: HttpRequest) -> RecordsT:
        """The records that are asked for; raises a 400 that names what cannot be read."""
        return cast("RecordsT", self.asked(records, request).qs)


class ListQuery(Paging, FilterQuery[FiltersT], Generic[FiltersT]):
    """A page of a list: ``ListQuery[SomeFilters]`` has the questions of that list as parameters."""
