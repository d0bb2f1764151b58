"""The form with which a sheet is given, and what is said of its columns."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.organisations.forms import offer_organisations
from katalysator.core.language import say
from katalysator.listings.importing.reading import LARGEST_SHEET, MOST_COLUMNS, MOST_ROWS
from katalysator.listings.importing.rows import Target
from katalysator.listings.market import market, markets
from katalysator.listings.models import Kind

_COLUMN: Final = "column-"


class GivenSheetForm(forms.Form):
    """A sheet, and what its rows are to become."""

    use_required_attribute = False

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    kind = forms.ChoiceField(
        label=_("What does it hold?"),
        choices=[("need", _("Needs")), ("offer", _("Offers"))],
        widget=forms.RadioSelect,
    )
    market = forms.ChoiceField(label=_("In which market?"))
    file = forms.FileField(
        label=_("Sheet"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.tsv,.txt"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_organisations(self.fields["organisation"], person)
        choices = [("", _("Choose a market")), *((each.slug, each.label) for each in markets())]
        self.fields["market"].choices = choices  # type: ignore[attr-defined]
        self.fields["file"].help_text = say(
            "A spreadsheet (.xlsx) or text (.csv) of at most %(megabytes)s MB and %(rows)s rows, with a row for"
            " each and the names of the columns above them.",
            megabytes=LARGEST_SHEET // 1_000_000,
            rows=MOST_ROWS,
        )

    def target(self) -> Target:
        """What the rows are to become."""
        said = self.cleaned_data
        return Target(said["organisation"], Kind(said["kind"]), market(said["market"]))


def column_name(place: int) -> str:
    """The name of the control that says what a column holds."""
    return f"{_COLUMN}{place}"


def said_of_columns(typed: Mapping[str, Any], usable: Collection[str]) -> dict[int, str]:
    """What was chosen for columns, by their places; what cannot be chosen is not heard."""
    chosen = {place: str(typed.get(column_name(place))) for place in range(MOST_COLUMNS)}
    return {place: name for place, name in chosen.items() if name in usable}
