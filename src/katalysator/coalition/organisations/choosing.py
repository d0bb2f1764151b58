"""Fields: which participant, of which there may be thousands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.core.terms import LabelText

if TYPE_CHECKING:
    _Choices = ModelChoiceIterator[Organisation]
    _Field = forms.ModelChoiceField[Organisation]
else:
    _Choices, _Field = ModelChoiceIterator, forms.ModelChoiceField


class LongSelect(forms.Select):
    """One choice of a list that may be long: a template for each of 5,000 options takes a third of a second."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """The list, as `Select` draws it. Cost: a microsecond or two for each option."""
        chosen = set(self.format_value(value))
        options = [
            f'<option value="{escape(each)}"{" selected" if str(each) in chosen else ""}>{escape(label)}</option>'
            for each, label in self.choices
        ]
        drawn = flatatt(self.build_attrs(self.attrs, attrs))
        inside = mark_safe("".join(options))  # noqa: S308 — escaped, each
        return format_html('<select name="{}"{}>{}</select>', name, drawn, inside)


class OrganisationChoices(_Choices):
    """Organisations by number and name: no more of them is read."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from self.queryset.values_list("pk", "name")


class OrganisationField(_Field):
    """Which organisation; of none until it is offered some."""

    widget: Any = LongSelect
    iterator = OrganisationChoices

    def __init__(self, **named: Any) -> None:
        super().__init__(Organisation.objects.none(), **{"empty_label": _("Choose"), **named})

    def offer(self, organisations: OrganisationQuerySet) -> None:
        """Offer these; where there is one, it is not asked for. Cost: one query."""
        self.queryset = organisations
        first = organisations[:2]
        if len(first) == 1:
            self.initial, self.widget = first[0], self.hidden_widget()


def offer_holders(field: Any, person: Person, *, otherwise: LabelText) -> None:
    """Let a field offer the participants in whose name somebody holds something; to the bureau also none of them."""
    found = Organisation.objects.participants()
    if person.is_coordinator:
        field.queryset, field.required, field.empty_label = found, False, otherwise
    else:
        field.queryset = found.filter(pk__in=person.own_organisations)


def offer_organisations(field: Any, person: Person) -> None:
    """Let a field offer the participants in whose name somebody posts."""
    mine = Organisation.objects.participants()
    field.offer(mine if person.is_coordinator else mine.of(person))
