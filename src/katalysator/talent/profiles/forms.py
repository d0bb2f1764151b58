"""Forms of one's own profile: what is looked for, when one worked, what one wants, and a file."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.filters import province_choices
from katalysator.core.forms import PlainLine
from katalysator.talent.models import SkillProfile
from katalysator.talent.models.profiles import FIRST_YEAR, MOST_HOURS
from katalysator.talent.profiles.choosing import LONGEST_QUERY
from katalysator.talent.profiles.verbs import OccupationFacts, WantedWork

_NUMBER: Final = {"inputmode": "numeric"}
_LAST: Final = 9_999


def _open(choices: Any) -> list[Any]:
    return [("", _("No preference")), *choices]


def _hours(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=MOST_HOURS,
        widget=forms.NumberInput(attrs=_NUMBER),
    )


def _year(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=FIRST_YEAR,
        max_value=_LAST,
        help_text=help_text,
        widget=forms.NumberInput(attrs=_NUMBER),
    )


class ConceptSearchForm(forms.Form):
    """What is looked for among occupations or skills."""

    use_required_attribute = False

    q = PlainLine(label=_("Search"), required=False, max_length=LONGEST_QUERY)


class OccupationForm(forms.Form):
    """When one did some work, and for how many hours a week."""

    use_required_attribute = False

    key = forms.CharField(max_length=200, widget=forms.HiddenInput)
    from_year = _year(_("From which year"))
    until_year = _year(_("Until which year"), _("Empty: you still do it."))
    hours = _hours(_("Hours a week"))

    def facts(self) -> OccupationFacts:
        """What was said."""
        return OccupationFacts(**self.cleaned_data)


class WantedForm(forms.Form):
    """What one wants: hours, a region, a level. Nothing else is asked."""

    use_required_attribute = False

    hours = _hours(_("Hours a week"))
    region = forms.ChoiceField(
        label=_("Region"), required=False, choices=lambda: _open(province_choices())
    )
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=lambda: _open(SkillProfile.Level.choices)
    )

    def facts(self) -> WantedWork:
        """What was said."""
        return WantedWork(**self.cleaned_data)


class ProfileFileForm(forms.Form):
    """A profile in a file."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("JSON-LD of Europass (.jsonld, .json) or CSV, of at most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".jsonld,.json,.csv"}),
    )


class ErasureForm(forms.Form):
    """Whether one is sure."""

    use_required_attribute = False

    sure = forms.BooleanField(label=_("Yes, erase my profile"))
