"""Forms of pilots of learning: what a pilot is, and a sheet of how far its people came."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.filters import province_choices
from katalysator.coalition.models import Area, Organisation, Person
from katalysator.coalition.organisations.choosing import OrganisationField
from katalysator.core.forms import DayInput, PlainLine, add_fault
from katalysator.faults import InvalidInput
from katalysator.importing.forms import SheetField
from katalysator.importing.reading import GivenFile
from katalysator.talent.learning.sheets import read_stages
from katalysator.talent.learning.verbs import PilotFacts
from katalysator.talent.models import LearningPilot
from katalysator.talent.models.monitor import MOST_PEOPLE


class PilotForm(forms.Form):
    """What a pilot says of itself, and whose it is where it is new."""

    use_required_attribute = False

    organisation = OrganisationField(label=_("Organisation"), empty_label=None)
    name = PlainLine(label=_("Name"), max_length=120)
    region = forms.ChoiceField(label=_("Province"), choices=province_choices)
    sector = forms.ModelChoiceField(label=_("Sector"), queryset=Area.objects.all())
    skill_group = PlainLine(
        label=_("Skills"),
        max_length=120,
        help_text=_("In a few words, such as “working with data”."),
    )
    starts_on = forms.DateField(label=_("Begins"), widget=DayInput())
    ends_on = forms.DateField(label=_("Ends"), widget=DayInput())
    target = forms.IntegerField(label=_("For how many people?"), min_value=1, max_value=MOST_PEOPLE)

    def __init__(
        self, *args: Any, person: Person, pilot: LearningPilot | None = None, **named: Any
    ) -> None:
        if pilot is not None:
            names = ("name", "region", "sector", "skill_group", "starts_on", "ends_on", "target")
            named["initial"] = {name: getattr(pilot, name) for name in names}
        super().__init__(*args, **named)
        if pilot is not None:
            del self.fields["organisation"]
            return
        every = Organisation.objects.participants()
        mine = every if person.is_coordinator else every & Organisation.objects.of(person)
        self.fields["organisation"].queryset = mine.order_by("name")  # type: ignore[attr-defined]

    def of(self) -> Organisation:
        """Whose it is."""
        chosen: Organisation = self.cleaned_data["organisation"]
        return chosen

    def facts(self) -> PilotFacts:
        """What was said."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "organisation"}
        return PilotFacts(**said)


class StagesForm(forms.Form):
    """A sheet of how far people came."""

    use_required_attribute = False

    file = SheetField(
        label=_("Sheet"),
        help_text=_(
            "A row for each: a key of the person, a stage (reached, started, completed or placed) and a day. "
            "We keep no key: only a digest that nobody can read."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """It is read whole, or not at all."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if file := said.get("file"):
            try:
                said["rows"] = read_stages(GivenFile(file.read(), file.name))
            except InvalidInput as error:
                add_fault(self, error.without_place().at("file"))
        return said
