"""Forms of lists of people: which list, what is decided and why, objections, and the bureau's switch."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation, Person
from katalysator.core.forms import PlainLine, PlainText
from katalysator.talent.models import ConsultedPerson, ProfilePurpose, VolunteeredGroup

_LONG = forms.Textarea(attrs={"rows": 4})


class ConsultationForm(forms.Form):
    """For which work of which organisation people are looked for."""

    use_required_attribute = False

    organisation = forms.ChoiceField(label=_("Organisation"))
    purpose = forms.ChoiceField(label=_("What for?"), choices=ProfilePurpose.choices)
    opening = PlainLine(
        label=_("What are people looked for?"),
        max_length=200,
        help_text=_("Who stands in the list reads this."),
    )
    occupation = PlainLine(
        label=_("Occupation"),
        max_length=200,
        help_text=_("As it stands in the taxonomy, such as “programmer”."),
    )

    def __init__(self, *args: Any, person: Person, **named: Any) -> None:
        super().__init__(*args, **named)
        self.mine = Organisation.objects.of(person).participants().order_by("name")
        choices = [(str(each.pk), each.name) for each in self.mine]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation:
        """The organisation itself."""
        number = self.cleaned_data["organisation"]
        return next(each for each in self.mine if str(each.pk) == number)


class PersonDecisionForm(forms.Form):
    """What is decided on a person, and why."""

    use_required_attribute = False

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=ConsultedPerson.Decision.choices,
        widget=forms.RadioSelect,
    )
    reason = PlainLine(
        label=_("Why?"), max_length=500, help_text=_("The person reads this. Some words at least.")
    )


class ObjectionForm(forms.Form):
    """What somebody says against a list."""

    use_required_attribute = False

    text = PlainText(label=_("What is not right?"), max_length=2_000, widget=_LONG)


class ObjectionAnswerForm(forms.Form):
    """What the bureau answers."""

    use_required_attribute = False

    answer = PlainText(
        label=_("Your reason"),
        max_length=2_000,
        required=False,
        widget=_LONG,
        help_text=_("Asked for when you uphold or reject it. Who objected reads it."),
    )


class SwitchForm(forms.Form):
    """Why lists are switched off, or on again."""

    use_required_attribute = False

    reason = PlainLine(label=_("Reason for the switch"), max_length=500)


class ReplayForm(forms.Form):
    """Which list is made again."""

    use_required_attribute = False

    number = forms.IntegerField(label=_("Number of the list"), min_value=1, max_value=2**31 - 1)


class VolunteerForm(forms.Form):
    """What somebody tells of themselves, if they want to."""

    use_required_attribute = False

    gender = forms.ChoiceField(
        label=_("Gender"),
        required=False,
        choices=[("", _("I do not say")), *VolunteeredGroup.Gender.choices],
    )
    age = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[("", _("I do not say")), *VolunteeredGroup.Age.choices],
    )
