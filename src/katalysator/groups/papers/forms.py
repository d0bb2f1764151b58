"""Forms: a meeting, its minutes, a decision, a task."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import DayInput, MomentInput, PlainLine, PlainText
from katalysator.groups.models import GroupMembership, GroupTask, Meeting, WorkingGroup

_MARKDOWN = _(
    "You can use Markdown: **bold**, - for a list, # for a heading, [words](https://…) for a link."
)


class MeetingForm(forms.Form):
    """When and where, and what it is about."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    starts_at = forms.DateTimeField(label=_("When?"), widget=MomentInput())
    place = PlainLine(
        label=_("Where?"),
        required=False,
        max_length=200,
        help_text=_("An address, or a link to meet online."),
    )
    agenda = PlainText(
        label=_("Agenda"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_MARKDOWN,
    )


def meeting_initial(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of a meeting."""
    return {name: getattr(meeting, name) for name in ("starts_at", "place", "agenda")}


class MinutesForm(forms.Form):
    """What was said."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    minutes = PlainText(
        label=_("Minutes"),
        max_length=30_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_MARKDOWN,
    )


class DecisionForm(forms.Form):
    """What was decided, when, and at which meeting."""

    use_required_attribute = False

    text = PlainText(
        label=_("What was decided?"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_MARKDOWN,
    )
    on = forms.DateField(label=_("When?"), widget=DayInput())
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("At which meeting?"), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, group: WorkingGroup, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["on"].initial = timezone.localdate()
        field: Any = self.fields["meeting"]
        field.queryset = _meetings_of(group)
        field.label_from_instance = _meeting_label


class TaskForm(forms.Form):
    """What is to be done, by whom and by when."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    what = PlainLine(label=_("What is to be done?"), max_length=300)
    holder = forms.ModelChoiceField(
        GroupMembership.objects.none(),
        label=_("Who does it?"),
        required=False,
        empty_label=_("Nobody yet"),
    )
    due = forms.DateField(label=_("By when?"), required=False, widget=DayInput())

    def __init__(self, *args: Any, group: WorkingGroup, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["holder"]
        field.queryset = GroupMembership.objects.members().filter(group=group).with_names()
        field.label_from_instance = holder_label


def task_initial(task: GroupTask) -> dict[str, Any]:
    """What the form shows of a task."""
    return {name: getattr(task, name) for name in ("what", "holder", "due")}


def holder_label(membership: Any) -> str:
    """A member as others in the group see them: by name, or as somebody of an organisation."""
    name = membership.shown_name or str(_("Somebody"))
    return f"{name} ({membership.organisation})" if membership.organisation else name


def _meetings_of(group: WorkingGroup) -> Any:
    return Meeting.objects.filter(group=group).exclude(state="cancelled")


def _meeting_label(meeting: Meeting) -> str:
    day = timezone.localtime(meeting.starts_at)
    return f"{day:%Y-%m-%d}, {meeting.place}" if meeting.place else f"{day:%Y-%m-%d}"
