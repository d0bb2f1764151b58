"""Form: who may see a profile, what of it, for what, and until when."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Person
from katalysator.core.forms import DayInput, PlainLine
from katalysator.talent.models import ProfilePart, ProfilePurpose
from katalysator.talent.profiles.consent.verbs import ConsentFacts
from katalysator.talent.profiles.people import participant, somebody

_PERSON: Final = "person"
_ORGANISATION: Final = "organisation"
_BUREAU: Final = "bureau"
_USUAL: Final = timedelta(days=91)


class ConsentForm(forms.Form):
    """To whom, for what, which parts, until when."""

    use_required_attribute = False

    to = forms.ChoiceField(
        label=_("Who may look?"),
        choices=[
            (_PERSON, _("One person")),
            (_ORGANISATION, _("The people of one organisation")),
            (_BUREAU, _("The coordinator of the coalition")),
        ],
        widget=forms.RadioSelect,
    )
    whom = PlainLine(
        label=_("Name or e-mail address of the person, or name of the organisation"),
        required=False,
        max_length=200,
        help_text=_("Leave this empty for the coordinator."),
    )
    purpose = forms.ChoiceField(
        label=_("For what?"), choices=ProfilePurpose.choices, widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label=_("What may they see?"),
        choices=ProfilePart.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=_("Until which day?"),
        widget=DayInput(),
        help_text=_("At most a year. You can end it before, at any moment."),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["until"].initial = timezone.localdate() + _USUAL

    def facts(self, asker: Person) -> ConsentFacts:
        """What was said by somebody. Raises InvalidInput at “whom”. Cost: two queries."""
        said = self.cleaned_data
        facts = {name: said[name] for name in ("purpose", "parts", "until")}
        if said["to"] == _PERSON:
            return ConsentFacts(**facts, person=somebody(said["whom"], known_to=asker))
        if said["to"] == _ORGANISATION:
            return ConsentFacts(**facts, organisation=participant(said["whom"]))
        return ConsentFacts(**facts)
