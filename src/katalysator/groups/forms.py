"""Forms: what a working group is, and why it does not start."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices, hub_choices
from katalysator.coalition.models import Organisation, Person
from katalysator.core.filters import Choices
from katalysator.core.forms import (
    PlainLine,
    PlainText,
    said_in_languages,
    shown_in_languages,
    text_in_languages,
)
from katalysator.groups.facts import GroupFacts
from katalysator.groups.members.coming_in import own_participants
from katalysator.groups.models import WorkingGroup

_ABOUT, _REASON = 3_000, 1_000


def _hubs() -> Choices:
    return [("", "—"), *hub_choices()]


class GroupForm(forms.Form):
    """All that a group says of itself; what it does, in each language that its chair likes."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = PlainLine(label=_("Name of the group"), max_length=120)
    areas = forms.MultipleChoiceField(
        label=_("Areas"),
        required=False,
        choices=area_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    blocks = forms.MultipleChoiceField(
        label=_("Building blocks"),
        required=False,
        choices=Block.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    hub = forms.ChoiceField(label=_("Hub"), required=False, choices=_hubs)
    enrolment = forms.ChoiceField(
        label=_("How do people come in?"),
        choices=WorkingGroup.Enrolment.choices,
        initial=WorkingGroup.Enrolment.OPEN,
        widget=forms.RadioSelect,
    )
    readers = forms.ChoiceField(
        label=_("Who may read its papers?"),
        choices=WorkingGroup.Readers.choices,
        initial=WorkingGroup.Readers.PARTICIPANTS,
        widget=forms.RadioSelect,
        help_text=_("Agendas, adopted minutes and decisions. Drafts and tasks are for members."),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        about = _("What does it do? (%(language)s)")
        self.fields |= text_in_languages("about", about, most=_ABOUT)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions, in the order in which they are asked."""
        names = ("name", "about_nl", "about_en", "areas", "blocks", "hub", "enrolment", "readers")
        return [self[name] for name in names]

    def facts(self) -> GroupFacts:
        """What was said, for the verb."""
        said = dict(self.cleaned_data)
        about = said_in_languages("about", said)
        names = ("name", "hub", "enrolment", "readers")
        lists = {name: tuple(said[name]) for name in ("areas", "blocks")}
        return GroupFacts(**{name: said[name] for name in names}, **lists, about=about)


class NewGroupForm(GroupForm):
    """The same for a group that is to start: for whom one is its chair, or, for the bureau, who is."""

    def __init__(self, *args: Any, person: Person, **named: Any) -> None:
        super().__init__(*args, **named)
        if person.is_coordinator:
            self.fields["chair"] = forms.EmailField(
                label=_("E-mail address of the chair"),
                max_length=254,
                initial=person.email,
                help_text=_("Somebody of a participant, with an account here."),
            )
        elif (own := own_participants(person)).count() > 1:
            self.fields["organisation"] = OrganisationChoice(own)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions, with that for the chair or the organisation at the end."""
        more = [name for name in ("chair", "organisation") if name in self.fields]
        return [*super().asked, *(self[name] for name in more)]


class OrganisationChoice(forms.ModelChoiceField):
    """One of the participants that somebody speaks for."""

    def __init__(self, own: Any) -> None:
        super().__init__(own, label=_("For which organisation?"), empty_label=None)

    def label_from_instance(self, obj: Organisation) -> str:  # type: ignore[override]
        """Its name."""
        return obj.name


def initial_of(group: WorkingGroup) -> dict[str, Any]:
    """What the form shows of a group. Cost: one query."""
    shown = {name: getattr(group, name) for name in ("name", "blocks", "enrolment", "readers")}
    shown |= shown_in_languages("about", group.about) | {"hub": group.hub_id or ""}
    return shown | {"areas": list(group.areas.values_list("slug", flat=True))}


class GroupDeclineForm(forms.Form):
    """Why a group does not start."""

    use_required_attribute = False

    reason = PlainText(
        label=_("Why not?"),
        max_length=_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They get this by mail."),
    )
