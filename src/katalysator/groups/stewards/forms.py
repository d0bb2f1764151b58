"""Forms: who is chair or contact point of which corner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.filters import area_choices, hub_choices
from katalysator.coalition.models import Area, Hub, Membership, Organisation
from katalysator.core.filters import Choices
from katalysator.groups.models import Steward

_FOUND: Final = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be chair or contact point: an organisation, or somebody there who wants to be found."""

    organisation: Organisation
    membership: Membership | None = None

    @property
    def key(self) -> str:
        """What stands in the form."""
        return f"{self.organisation.pk}-{self.membership.pk if self.membership else 0}"

    @property
    def label(self) -> str:
        """It in words."""
        if self.membership is None:
            return self.organisation.name
        return f"{self.membership.name} ({self.organisation.name})"


def candidates(organisations: Iterable[Organisation]) -> list[Candidate]:
    """Some organisations, each with the people who want to be found there. Cost: two queries."""
    found = list(organisations)
    named = Membership.objects.filter(organisation__in=found).exclude(name="")
    people: dict[int, list[Membership]] = {}
    for each in named.select_related("person").order_by("name"):
        people.setdefault(each.organisation_id, []).append(each)
    return [Candidate(one, who) for one in found for who in (None, *people.get(one.pk, ()))]


def found_by(words: str) -> list[Candidate]:
    """Those of the participants with these words in their name, the first few."""
    if not words:
        return []
    return candidates(Organisation.objects.participants().named(words)[:_FOUND])


def _optional(choices: Choices) -> Choices:
    return [("", "—"), *choices]


class StewardForm(forms.Form):
    """Who it is, what they are, and where."""

    use_required_attribute = False

    who = forms.ChoiceField(label=_("Who?"), widget=forms.RadioSelect)
    duty = forms.ChoiceField(
        label=_("As what?"), choices=Steward.Duty.choices, initial=Steward.Duty.CONTACT
    )
    area = forms.ChoiceField(
        label=_("Area"), required=False, choices=lambda: _optional(area_choices())
    )
    block = forms.ChoiceField(
        label=_("Building block"), required=False, choices=_optional(Block.choices)
    )
    hub = forms.ChoiceField(
        label=_("Hub"),
        required=False,
        choices=lambda: _optional(hub_choices()),
        help_text=_("A hub, or an area, a building block, or where these two meet."),
    )

    def __init__(self, *args: Any, among: Sequence[Candidate], **named: Any) -> None:
        super().__init__(*args, **named)
        self.among = {each.key: each for each in among}
        field: Any = self.fields["who"]
        field.choices = [(each.key, each.label) for each in among]

    @property
    def corner(self) -> Corner:
        """Where."""
        said = self.cleaned_data
        return Corner(
            area=Area.objects.filter(slug=said["area"]).first() if said["area"] else None,
            block=Block(said["block"]) if said["block"] else None,
            hub=Hub.objects.filter(slug=said["hub"]).first() if said["hub"] else None,
        )

    @property
    def chosen(self) -> Candidate:
        """Who."""
        return self.among[self.cleaned_data["who"]]
