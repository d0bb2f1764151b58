"""Forms: until when an organisation takes no proposals, and whom it never meets."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.core.forms import DayInput, PlainLine
from katalysator.introductions.naming import participant_named
from katalysator.introductions.wishes.verbs import LONGEST


class PauseForm(forms.Form):
    """Until when an organisation takes no proposals."""

    use_required_attribute = False

    until = forms.DateField(
        label=_("No proposals until"),
        widget=DayInput(),
        help_text=_("A year at most. From this day you take proposals again."),
    )

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        today = timezone.localdate()
        bounds = {"min": today + timedelta(days=1), "max": today + LONGEST}
        self.fields["until"].widget.attrs.update({k: v.isoformat() for k, v in bounds.items()})


class NeverForm(forms.Form):
    """Whom an organisation never meets."""

    use_required_attribute = False

    who = PlainLine(
        label=_("Whom do you never want to meet?"),
        max_length=Organisation._meta.get_field("name").max_length,
        help_text=_("The name of a participant. It never learns that it is on your list."),
    )

    def organisation(self) -> Organisation:
        """Who that is. Raises InvalidInput where nobody is called so."""
        return participant_named(self.cleaned_data["who"])
