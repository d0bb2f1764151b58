"""Forms of what is done with an activity: it is called off, repeated, and told of."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.activities.forms import ScopeForm
from katalysator.activities.models import Activity, ActivitySeries
from katalysator.activities.moments import on_the_wall
from katalysator.activities.series import MOST, days_after
from katalysator.core.forms import PlainText
from katalysator.core.periods import parse_date
from katalysator.faults import InvalidInput


class CancelForm(ScopeForm):
    """Why it does not take place, and which of a series."""

    reason = PlainText(
        label=_("Why?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Everybody who is on the list reads this in a letter, and it stands on the page."
        ),
    )


class RepeatForm(forms.Form):
    """How often it is held again."""

    use_required_attribute = False

    rhythm = forms.ChoiceField(
        label=_("How often?"),
        choices=ActivitySeries.Rhythm.choices,
        widget=forms.RadioSelect,
        initial="weekly",
    )
    times = forms.IntegerField(
        label=_("How many times more?"), required=False, min_value=1, max_value=MOST, initial=5
    )
    days = PlainText(
        label=_("Days"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Each on a line, such as 2027-03-15."),
    )

    def __init__(self, *args: Any, activity: Activity, **named: Any) -> None:
        super().__init__(*args, **named)
        self.first = on_the_wall(activity.starts_at).date()

    def clean_days(self) -> list[date]:
        """The days that are named."""
        try:
            days = [parse_date(line) for line in self.cleaned_data["days"].splitlines()]
        except InvalidInput as error:
            raise forms.ValidationError(error.sentence) from error
        return [day for day in days if day]

    def clean(self) -> dict[str, Any]:
        """The days on which it is held again, whatever tells them."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors or data["rhythm"] == ActivitySeries.Rhythm.DAYS:
            return data
        if not data["times"]:
            self.add_error("times", _("Say how many times."))
            return data
        return data | {"days": list(days_after(self.first, data["rhythm"], data["times"]))}


class OutcomeForm(forms.Form):
    """What came of it, and what was learned."""

    use_required_attribute = False

    outcome = PlainText(
        label=_("What came of it?"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    lessons = PlainText(
        label=_("What did you learn?"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What went wrong helps others most. Everybody who sees the activity reads it."),
    )
