"""The form of a cohort."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation, Person
from katalysator.core.forms import PlainLine, add_fault
from katalysator.faults import InvalidInput
from katalysator.importing.forms import SheetField
from katalysator.importing.reading import GivenFile
from katalysator.talent.cohorts.sheets import read_openings, read_people
from katalysator.talent.cohorts.verbs import CohortContent
from katalysator.talent.models.cohorts import HIGHEST_LEAST


class CohortForm(forms.Form):
    """Whose people they are, who they are without names, and what counts for them."""

    use_required_attribute = False

    name = PlainLine(label=_("Name"), max_length=120)
    organisation = forms.ChoiceField(label=_("Employer"))
    people = SheetField(
        label=_("Sheet of people"),
        help_text=_(
            "A row for each: a key of your own (no name), occupation or skills, and if you know them region, level, hours a week and a group that people told of themselves."
        ),
    )
    from_market = forms.BooleanField(
        label=_("What is open in the markets of work and retraining counts"),
        required=False,
        initial=True,
    )
    openings = SheetField(
        label=_("Sheet of work and courses"),
        required=False,
        help_text=_(
            "A row for each: title, kind (work or course), skills, and if you know them region, level, hours a week and places."
        ),
    )
    least = forms.IntegerField(
        label=_("Least that somebody must have of what work asks for, in percent"),
        min_value=1,
        max_value=HIGHEST_LEAST,
        initial=50,
    )

    def __init__(self, *args: Any, person: Person, **named: Any) -> None:
        super().__init__(*args, **named)
        self.person = person
        mine = Organisation.objects.of(person).participants().order_by("name")
        choices = [(str(each.pk), each.name) for each in mine]
        if person.is_coordinator:
            choices.append(("", str(_("The bureau, for several"))))
            self.fields["organisation"].required = False
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both sheets are read whole, or not at all."""
        said = super().clean() or self.cleaned_data
        said["rows"] = self._read("people", read_people)
        said["opening_rows"] = self._read("openings", read_openings)
        return said

    def content(self) -> CohortContent:
        """What was given, as the verb takes it."""
        said = self.cleaned_data
        return CohortContent(
            name=said["name"],
            people=said["rows"],
            openings=said["opening_rows"],
            from_market=said["from_market"],
            least=said["least"],
        )

    def of(self) -> Organisation | None:
        """Whose it is."""
        number = self.cleaned_data["organisation"]
        return Organisation.objects.get(pk=number) if number else None

    def _read(
        self, name: str, read: Callable[[GivenFile], list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        file = self.cleaned_data.get(name)
        if not file:
            return []
        try:
            return read(GivenFile(file.read(), file.name))
        except InvalidInput as error:
            add_fault(self, error.without_place().at(name))
            return []
