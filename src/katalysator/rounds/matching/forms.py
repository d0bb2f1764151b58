"""The form of a round."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from katalysator.coalition.filters import area_choices
from katalysator.coalition.models import Organisation, Person
from katalysator.core import regions
from katalysator.core.forms import PlainLine, PlainText
from katalysator.core.language import active_language
from katalysator.groups.models import WorkingGroup
from katalysator.introductions.models import Introduction
from katalysator.listings.filters import region_choices
from katalysator.listings.market import markets
from katalysator.rounds.matching.verbs import RoundSettings
from katalysator.rounds.models import MatchingRound
from katalysator.rounds.models.matching_rounds import (
    HIGHEST_LEAST,
    MOST_A_NEED,
    MOST_AN_OFFER,
    MOST_AN_ORGANISATION,
)
from katalysator.rounds.queries import chaired_by

_NAME = 120
_LEAST_IN = 1_000
_WHY = Introduction._meta.get_field("why").max_length


class RoundForm(forms.Form):
    """What a round is called, says and chooses by."""

    use_required_attribute = False

    name = PlainLine(label=_("Name"), max_length=_NAME)
    market = forms.ChoiceField(label=_("Market"))
    group = forms.ChoiceField(
        label=_("For whom"),
        required=False,
        help_text=_("A round of a working group is between organisations of its members."),
    )
    area = forms.ChoiceField(label=_("Needs of the area"), required=False)
    region = forms.ChoiceField(label=_("Needs in the region"), required=False)
    method = forms.ChoiceField(
        label=_("How to choose"),
        choices=MatchingRound.Method.choices,
        widget=forms.RadioSelect,
        initial=MatchingRound.Method.BEST,
        help_text=_(
            "The best possible serves most; without regret, nobody sees a pair that both would have liked better than theirs."
        ),
    )
    least = forms.IntegerField(
        label=_("Lowest chance, in percent"),
        min_value=0,
        max_value=HIGHEST_LEAST,
        initial=50,
        help_text=_("50 is a good match, 70 a strong one, 25 is worth a look."),
    )
    per_need = forms.IntegerField(
        label=_("Introductions a need gets at most"), min_value=1, max_value=MOST_A_NEED, initial=1
    )
    per_offer = forms.IntegerField(
        label=_("Introductions an offer gets at most"),
        min_value=1,
        max_value=MOST_AN_OFFER,
        initial=3,
    )
    within_capacity = forms.BooleanField(
        label=_("No more than an offer has places"), required=False
    )
    per_organisation = forms.IntegerField(
        label=_("Introductions an organisation gets at most"),
        required=False,
        min_value=1,
        max_value=MOST_AN_ORGANISATION,
        help_text=_("For its needs, and as many for its offers. Empty: no most."),
    )
    kept_for = forms.ChoiceField(label=_("Keep places for"), required=False)
    kept = forms.IntegerField(
        label=_("So many of each offer"),
        required=False,
        min_value=0,
        max_value=MOST_AN_OFFER,
        initial=0,
    )
    least_in = PlainText(
        label=_("Least numbers of regions"),
        required=False,
        max_length=_LEAST_IN,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only by their own order. A line for each region, such as “Groningen: 5”: so many needs come there at least, if as many can."
        ),
    )
    why = PlainText(
        label=_("What you say to all of them"),
        required=False,
        max_length=_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It stands in each proposal: why this round, and why now."),
    )

    def __init__(self, *args: Any, person: Person, made: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        self._choose("market", [(each.slug, each.label) for each in markets()])
        self._choose("area", [("", _("All areas")), *area_choices()])
        self._choose("region", [("", _("Anywhere")), *region_choices()])
        self._choose("kept_for", [("", _("Nobody")), *Organisation.Kind.choices])
        if made:
            del self.fields["group"]
            return
        groups = WorkingGroup.objects.running()
        if not person.is_coordinator:
            groups = groups.filter(pk__in=chaired_by(person))
        choices = [(str(each.pk), each.name) for each in groups.order_by("pk")]
        if person.is_coordinator:
            choices.insert(0, ("", str(_("The whole coalition"))))
        self._choose("group", choices)

    def clean_least_in(self) -> dict[str, int]:
        """The least number of each region that a line names."""
        return least_numbers(self.cleaned_data["least_in"])

    def settings(self) -> RoundSettings:
        """What was said, as the verbs take it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "group"}
        return RoundSettings(**{**said, "kept": said["kept"] or 0})

    def working_group(self) -> WorkingGroup | None:
        """The working group that it is for; None for the whole coalition."""
        number = self.cleaned_data.get("group")
        return WorkingGroup.objects.get(pk=number) if number else None

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def least_lines(least_in: Mapping[str, int]) -> str:
    """Least numbers of regions as the form has them, a line each."""
    return "\n".join(
        f"{regions.name(code, active_language())}: {least}" for code, least in least_in.items()
    )


def least_numbers(text: str) -> dict[str, int]:
    """The least numbers in such lines. Raises ValidationError for a line that names no region with a number."""
    found: dict[str, int] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _between, number = line.rpartition(":")
        name = name.strip()
        if not name or not number.strip().isdecimal() or name in found:
            raise forms.ValidationError(
                gettext("“%(line)s” is not a region with a number, such as “Groningen: 5”.")
                % {"line": line[:80]}
            )
        found[name] = int(number)
    return found
