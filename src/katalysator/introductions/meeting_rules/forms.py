"""The forms with which the bureau rules out that some propose to others, and keeps two organisations apart."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.core.forms import DayInput, PlainLine
from katalysator.groups.models import WorkingGroup
from katalysator.introductions.meeting_rules.verbs import LONGEST
from katalysator.introductions.models import OF_GROUP
from katalysator.introductions.naming import participant_named
from katalysator.listings.market import markets

_NAME = Organisation._meta.get_field("name").max_length


class MeetingRuleForm(forms.Form):
    """In which market who does not propose to whom: kinds of organisations, or members of working groups."""

    use_required_attribute = False

    market = forms.ChoiceField(label=_("Market"), required=False)
    asking = forms.ChoiceField(label=_("Who does not propose"))
    asked = forms.ChoiceField(label=_("To whom"))
    both = forms.BooleanField(label=_("And the other way round"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["market"].choices = [
            ("", _("All markets")),
            *((each.slug, each.label) for each in markets()),
        ]
        groups = [
            (f"{OF_GROUP}{slug}", name)
            for slug, name in WorkingGroup.objects.running().values_list("slug", "name")
        ]
        sides: list[Any] = [(_("Kind of organisation"), Organisation.Kind.choices)]
        sides += [(_("Members of a working group"), groups)] if groups else []
        for name in ("asking", "asked"):
            fields[name].choices = sides


class KeptApartForm(forms.Form):
    """Which two organisations are kept apart, and until when."""

    use_required_attribute = False

    organisation = PlainLine(
        label=_("One organisation"), max_length=_NAME, help_text=_("The name of a participant.")
    )
    other = PlainLine(
        label=_("The other"),
        max_length=_NAME,
        help_text=_("Neither learns of it: who proposes reads that they take no proposals now."),
    )
    until = forms.DateField(label=_("Not to be introduced until"), widget=DayInput())

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        today = timezone.localdate()
        bounds = {"min": today + timedelta(days=1), "max": today + LONGEST}
        self.fields["until"].widget.attrs.update({k: v.isoformat() for k, v in bounds.items()})

    def both(self) -> tuple[Organisation, Organisation]:
        """Who they are. Raises InvalidInput where nobody is called so."""
        return (
            participant_named(self.cleaned_data["organisation"]),
            participant_named(self.cleaned_data["other"]),
        )
