"""Forms: propose, say no, write, plan, tell what came of it, and with whom one found each other."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from katalysator.coalition.models import Organisation, Person
from katalysator.core.forms import DayInput, PlainLine, PlainText
from katalysator.faults import InvalidInput
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction
from katalysator.introductions.naming import party_named
from katalysator.introductions.reasons import WhyNot
from katalysator.introductions.seen import SeenParty
from katalysator.introductions.together import ResultContent
from katalysator.listings.models import Kind, Listing

_WHY, _REMARK, _MESSAGE, _TOLD, _LINE, _DESCRIBED, _NAME = 1_000, 300, 5_000, 2_000, 200, 200, 160
_LISTING: Final = "listing"
_ORGANISATION: Final = "organisation"


class ProposeForm(forms.Form):
    """With what one comes, what one says to the others, and whether they see at once who one is."""

    use_required_attribute = False

    own = forms.ChoiceField(label=_("You come with"), widget=forms.RadioSelect)
    why = PlainText(
        label=_("Why would you like to meet?"),
        required=False,
        max_length=_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read this before they say yes or no."),
    )
    is_anonymous = forms.BooleanField(
        label=_("Do not show who we are before all have said yes"), required=False
    )
    described = PlainLine(
        label=_("How may we describe you till then?"),
        required=False,
        max_length=_DESCRIBED,
        help_text=_("Such as “a hospital in the east of the country”."),
    )

    def __init__(self, *args: Any, person: Person, other: Listing, **named: Any) -> None:
        super().__init__(*args, **named)
        fitting = (
            Listing.objects.of(person)
            .open()
            .filter(market=other.market, kind=Kind(other.kind).other)
        )
        self._listings = {each.pk: each for each in fitting.with_owner().order_by("title", "pk")}
        mine = Organisation.objects.of(person).participants().order_by("sort_name")
        self._organisations = {each.pk: each for each in mine}
        field = self.fields["own"]
        field.choices = [  # type: ignore[attr-defined]
            *((f"{_LISTING}-{pk}", each.title) for pk, each in self._listings.items()),
            *(
                (f"{_ORGANISATION}-{pk}", _without(each))
                for pk, each in self._organisations.items()
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Who does not show who they are, says something in place of it."""
        given = super().clean() or self.cleaned_data
        if given.get("is_anonymous") and not given.get("described"):
            self.add_error("described", gettext("Say in a few words who you are, without a name."))
        return given

    def sides(self) -> list[MeetingSide]:
        """All as whom somebody may come."""
        listed = [MeetingSide.of(each) for each in self._listings.values()]
        return [*listed, *(MeetingSide(organisation=each) for each in self._organisations.values())]

    def side(self) -> MeetingSide:
        """The side of who proposes."""
        which, _dash, number = self.cleaned_data["own"].partition("-")
        described = self.cleaned_data["described"] if self.cleaned_data["is_anonymous"] else ""
        if which == _LISTING:
            return MeetingSide.of(self._listings[int(number)], described=described)
        return MeetingSide(organisation=self._organisations[int(number)], described=described)


def _without(organisation: Organisation) -> str:
    return gettext("No need or offer of %(name)s, just to meet") % {"name": organisation.name}


class BrokerForm(forms.Form):
    """What the bureau says to both."""

    use_required_attribute = False

    why = PlainText(
        label=_("Why do you bring them together?"),
        required=False,
        max_length=_WHY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Both read this before they say yes or no."),
    )


class NoForm(forms.Form):
    """Why not, or no longer."""

    use_required_attribute = False

    reason = forms.ChoiceField(label=_("Why?"), choices=WhyNot.choices, widget=forms.RadioSelect)
    remark = PlainLine(
        label=_("In your own words"),
        required=False,
        max_length=_REMARK,
        help_text=_("The other parties read this."),
    )


class MessageForm(forms.Form):
    """What one wants to say to the other parties."""

    use_required_attribute = False

    text = PlainText(
        label=_("Your message"),
        max_length=_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The others get it by mail too."),
    )


class StepForm(forms.Form):
    """What is to be done, by whom and by when."""

    use_required_attribute = False

    what = PlainLine(label=_("What is to be done?"), max_length=_LINE)
    party = forms.TypedChoiceField(label=_("By whom"), required=False, coerce=int, empty_value=None)
    due = forms.DateField(label=_("Before"), required=False, widget=DayInput())

    def __init__(self, *args: Any, parties: Sequence[SeenParty], **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [(each.pk, each.name) for each in parties if each.is_in]
        self.fields["party"].choices = [("", _("All of us")), *choices]  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """What came of it."""

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Introduction.Outcome.choices, widget=forms.RadioSelect
    )
    summary = PlainText(
        label=_("In a few sentences"),
        required=False,
        max_length=_TOLD,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    on = forms.DateField(label=_("Since"), required=False, widget=DayInput())

    def content(self) -> ResultContent:
        """What was told, for the verb."""
        return ResultContent(**self.cleaned_data)


class LessonForm(forms.Form):
    """What was learned."""

    use_required_attribute = False

    lesson = PlainText(
        label=_("What did you learn that others can use?"),
        max_length=_TOLD,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AlongForm(forms.Form):
    """Who is to come along."""

    use_required_attribute = False

    who = PlainLine(
        label=_("Whom do you ask along?"),
        max_length=_NAME,
        help_text=_("The name of a participant, or the address of a page of a need or an offer."),
    )

    def side(self, person: Person) -> MeetingSide:
        """Who that is. Raises InvalidInput where nobody is called so."""
        return party_named(self.cleaned_data["who"], person)


class FoundForm(forms.Form):
    """With whom one found each other: a participant, or somebody else."""

    use_required_attribute = False

    who = PlainLine(
        label=_("With whom?"),
        max_length=_NAME,
        help_text=_(
            "The name of a participant, the address of a page of a need or an offer, or the name of somebody outside the coalition."
        ),
    )
    outcome = forms.ChoiceField(
        label=_("What comes of it?"),
        required=False,
        choices=[("", _("Not known yet")), *Introduction.Outcome.choices],
    )
    summary = PlainText(
        label=_("In a few sentences"),
        required=False,
        max_length=_TOLD,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def other(self, person: Person) -> MeetingSide | str:
        """Who that is: by name where no participant is called so."""
        try:
            return party_named(self.cleaned_data["who"], person)
        except InvalidInput:
            return str(self.cleaned_data["who"])

    def result(self) -> ResultContent | None:
        """What came of it, where that was told."""
        outcome = self.cleaned_data["outcome"]
        return (
            ResultContent(outcome=outcome, summary=self.cleaned_data["summary"])
            if outcome
            else None
        )
