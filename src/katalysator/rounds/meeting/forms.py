"""Forms of talks: when and where they are, and when somebody is there."""

from typing import Any, Final

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from katalysator.activities.forms import MomentField
from katalysator.activities.moments import on_the_wall
from katalysator.core.forms import PlainText
from katalysator.rounds.meeting.verbs import DaySettings
from katalysator.rounds.models import MeetingDay
from katalysator.rounds.models.meeting_days import MOST_MINUTES, MOST_SLOTS, MOST_TABLES

_LONGEST: Final = 2_000


class DayForm(forms.Form):
    """When and where talks are, and how many."""

    use_required_attribute = False

    starts_at = MomentField(label=_("The first talk begins"))
    slots = forms.IntegerField(
        label=_("How many talks after each other"), min_value=1, max_value=MOST_SLOTS, initial=8
    )
    minutes = forms.IntegerField(
        label=_("Minutes for a talk"), min_value=3, max_value=MOST_MINUTES, initial=15
    )
    between = forms.IntegerField(
        label=_("Minutes to walk between two talks"),
        min_value=0,
        max_value=MOST_MINUTES,
        initial=3,
    )
    break_after = forms.IntegerField(
        label=_("Break after which talk"),
        required=False,
        min_value=1,
        max_value=MOST_SLOTS,
        help_text=_("4 is a break after the fourth. Empty: no break."),
    )
    break_minutes = forms.IntegerField(
        label=_("Minutes of the break"),
        required=False,
        min_value=0,
        max_value=2 * MOST_MINUTES,
    )
    rooms = PlainText(
        label=_("Rooms with their tables"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A room on each line, with how many tables there are. Such as: Garden room: 6"),
    )
    most = forms.IntegerField(
        label=_("Talks for a person at most"),
        required=False,
        min_value=1,
        max_value=MOST_SLOTS,
        help_text=_("Empty: as many as there are times."),
    )
    only_agreed = forms.BooleanField(
        label=_("Plan only talks to which both said yes"), required=False
    )

    def clean_rooms(self) -> tuple[tuple[str, int], ...]:
        """Each line as a name and a number of tables."""
        rooms = []
        for line in filter(None, map(str.strip, self.cleaned_data["rooms"].splitlines())):
            name, _colon, number = line.rpartition(":")
            number = number.strip()
            if not name.strip() or not number.isdecimal() or len(number) > len(str(MOST_TABLES)):
                raise forms.ValidationError(
                    _("“%(line)s” is not a room with a number of tables, such as “Garden room: 6”.")
                    % {"line": line[:80]}
                )
            rooms.append((name.strip(), int(number)))
        return tuple(rooms)

    def settings(self) -> DaySettings:
        """What was said."""
        said = self.cleaned_data
        return DaySettings(**said | {"break_minutes": said["break_minutes"] or 0})

    @staticmethod
    def shown(day: MeetingDay) -> dict[str, Any]:
        """What the form shows of a day."""
        said = DaySettings.of(day)
        lines = [f"{name}: {number}" for name, number in said.rooms]
        return {
            **{name: getattr(said, name) for name in DayForm.base_fields},
            "rooms": "\n".join(lines),
            "starts_at": on_the_wall(said.starts_at),
        }


class TimesForm(forms.Form):
    """When somebody is there, and how many talks they want at most."""

    use_required_attribute = False

    there = forms.TypedMultipleChoiceField(
        label=_("When are you there?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    most = forms.IntegerField(
        label=_("Talks that you want at most"),
        required=False,
        min_value=1,
        max_value=MOST_SLOTS,
        help_text=_("Empty: as many as there are times."),
    )

    def __init__(self, *args: Any, day: MeetingDay, **named: Any) -> None:
        super().__init__(*args, **named)
        self.slots = day.slots
        there: Any = self.fields["there"]
        there.choices = [(slot, _time(day, slot)) for slot in range(day.slots)]

    @property
    def away(self) -> list[int]:
        """The slots in which they are not there."""
        return [slot for slot in range(self.slots) if slot not in self.cleaned_data["there"]]


def _time(day: MeetingDay, slot: int) -> str:
    first, last = on_the_wall(day.begins(slot)), on_the_wall(day.ends(slot))
    return f"{time_format(first.time())}–{time_format(last.time())}"
