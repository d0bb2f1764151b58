"""The five steps of the canvas, one a question that keeps parties from sharing data, with what each model answers by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Area, Organisation
from katalysator.core.forms import DayInput, PlainLine, PlainText
from katalysator.dataspace.canvas.words import Duty, ResultUse, UsePurpose
from katalysator.dataspace.models import Dataset
from katalysator.listings.filters import region_choices

LONGEST: Final = 1_000
FREE: Final = "free"
_NEEDED: Final = _("This is needed for data about people.")
_LONG: Final = forms.Textarea(attrs={"rows": 3})


class CanvasForm(forms.Form):
    """One step; a browser sends it also where something is missing, and the page says what.

    What the record of its dataset says already is `known`, and not asked again.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, dataset: Dataset | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.known: list[tuple[Any, str]] = []
        if dataset is not None:
            self.fit_to(dataset)

    def fit_to(self, dataset: Dataset) -> None:
        """Leave out what need not be asked of this dataset."""


BASES: Final = [
    ("consent", _("The people agreed")),
    ("contract", _("A contract with the people asks for it")),
    ("obligation", _("A law asks for it")),
    ("public-task", _("A public task")),
    ("interest", _("A legitimate interest that was weighed")),
]
"""Grounds of the GDPR (article 6) on which data about people is shared."""


class OwnerForm(CanvasForm):
    """Who the data is of, and whether it is about people."""

    owner = PlainLine(
        label=_("Who made this data or had it made, and decides about it?"),
        max_length=120,
        help_text=_("An organisation. Often that is you."),
    )
    may_share = forms.BooleanField(
        label=_("We checked that we may share it: nobody else has rights to it, or they agree"),
    )
    basis = forms.ChoiceField(
        label=_("On which ground of the privacy law (GDPR) is it shared?"),
        choices=[("", "—"), *BASES],
        error_messages={"required": _NEEDED},
    )
    people = PlainText(
        label=_("About which people is it, and what does it say of them?"),
        max_length=LONGEST,
        widget=_LONG,
        error_messages={"required": _NEEDED},
    )

    def fit_to(self, dataset: Dataset) -> None:
        """Data about people has a ground, and says about whom; of other data that is not asked."""
        self.known = [(_("Personal data"), dataset.get_personal_display())]
        if dataset.personal == Dataset.Personal.NONE:
            del self.fields["basis"], self.fields["people"]


class ValueForm(CanvasForm):
    """What it is for, and what it costs."""

    purposes = forms.MultipleChoiceField(
        label=_("What may it be used for?"),
        required=False,
        choices=UsePurpose.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none and it may be used for anything."),
    )
    results = forms.MultipleChoiceField(
        label=_("What may be done with results?"),
        required=False,
        choices=ResultUse.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Results are what somebody makes of your data. Choose none and anything may."),
    )
    price = forms.ChoiceField(
        label=_("What do you ask for it?"),
        choices=[
            (FREE, _("Nothing")),
            ("exchange", _("Something else than money, such as the results")),
            ("cost", _("What it costs us to share it")),
            ("paid", _("A price")),
        ],
        widget=forms.RadioSelect,
    )
    price_text = PlainText(
        label=_("How much, or what?"),
        required=False,
        max_length=LONGEST,
        widget=_LONG,
        help_text=_("Amounts with VAT or without, and how it is paid."),
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Dataset.Licence.choices)

    def clean(self) -> dict[str, Any]:
        """What is not free says how much it is; of what is free nothing is kept that was said of a price."""
        said = super().clean() or self.cleaned_data
        if said.get("price", FREE) == FREE:
            said["price_text"] = ""
        elif not said.get("price_text"):
            self.add_error("price_text", _("Say how much, or what."))
        return said


class LiabilityForm(CanvasForm):
    """Who answers for what."""

    quality = forms.ChoiceField(
        label=_("What do you promise about the data?"),
        choices=[
            ("as-is", _("Nothing: it is given as it is")),
            ("care", _("That we keep it with care and mend what we hear is wrong")),
            ("checked", _("That we checked it, as its description says")),
        ],
        widget=forms.RadioSelect,
    )
    liability = forms.ChoiceField(
        label=_("Who pays for harm?"),
        choices=[
            ("none", _("Each bears its own, but for intent and gross negligence")),
            ("capped", _("Who caused it, up to an amount")),
            ("law", _("As the law says")),
        ],
        widget=forms.RadioSelect,
    )
    liability_text = PlainLine(label=_("Up to which amount?"), required=False, max_length=200)
    may_pass_on = forms.BooleanField(
        label=_("Who gets it may pass it on to others, under the same terms"), required=False
    )
    duties = forms.MultipleChoiceField(
        label=_("What must who gets it do?"),
        required=False,
        choices=Duty.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """A limit has an amount, and nothing else has."""
        said = super().clean() or self.cleaned_data
        if said.get("liability") != "capped":
            said["liability_text"] = ""
        elif not said.get("liability_text"):
            self.add_error("liability_text", _("Say up to which amount."))
        return said


class TechniqueForm(CanvasForm):
    """How it works, how long and how often."""

    how = PlainText(
        label=_("How does it work?"),
        required=False,
        max_length=LONGEST,
        widget=_LONG,
        help_text=_(
            "Where the data stays put: what others may bring (a question, an algorithm), what they get back and how long that takes. Else: anything that who fetches it must know."
        ),
    )
    until = forms.DateField(
        label=_("Until which day may the data be used?"),
        required=False,
        widget=DayInput(),
        help_text=_("That day too."),
    )
    days = forms.IntegerField(
        label=_("For how many days after the agreement may the data be used?"),
        required=False,
        min_value=1,
        max_value=36_500,
    )
    uses = forms.IntegerField(
        label=_("How many times may it be fetched at most?"),
        required=False,
        min_value=1,
        max_value=1_000_000,
    )
    security = PlainText(
        label=_("How must it be kept safe?"), required=False, max_length=LONGEST, widget=_LONG
    )


class PartnersForm(CanvasForm):
    """With whom it is shared, who says yes and whom they can ask."""

    only_participants = forms.BooleanField(
        label=_("Only participants of this coalition"), required=False
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only these kinds of organisations"),
        required=False,
        choices=Organisation.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    areas = forms.MultipleChoiceField(
        label=_("Only who is active in these areas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    region = forms.ChoiceField(label=_("Only who is in this region"), required=False)
    is_automatic = forms.BooleanField(
        label=_("Who surely meets the terms gets it at once, without anybody of us deciding"),
        required=False,
    )
    must_be_signed = forms.BooleanField(
        label=_("People of both sides sign the agreement before any data goes"), required=False
    )
    contact_name = PlainLine(
        label=_("Whom can others ask? A function or a desk, not a person"),
        max_length=120,
        required=False,
    )
    contact_email = forms.EmailField(label=_("E-mail address of that desk"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        areas = [(area.slug, str(area)) for area in Area.objects.all()]
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]
        choices = [("", "—"), *region_choices()]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]

    def fit_to(self, dataset: Dataset) -> None:
        """Whom others can ask is said by the record, where it says so."""
        if dataset.has_desk:
            self.known = [
                (_("Desk for questions"), f"{dataset.contact_name}, {dataset.contact_email}")
            ]
            del self.fields["contact_name"], self.fields["contact_email"]


@dataclass(frozen=True, slots=True)
class CanvasStep:
    """One of the five questions: its name in addresses, the question, why it is asked, and its form."""

    name: str
    question: Any
    about: Any
    form: type[CanvasForm]


STEPS: Final[Mapping[str, CanvasStep]] = {
    each.name: each
    for each in (
        CanvasStep(
            "owner",
            _("Whose data is it?"),
            _("Who is not sure that it may share does not share. So first: whose is it, and is it about people?"),
            OwnerForm,
        ),
        CanvasStep(
            "value",
            _("What is it for, and what does it cost?"),
            _("Who gets your data knows what it may do with it, and what you ask for it."),
            ValueForm,
        ),
        CanvasStep(
            "liability",
            _("Who answers for what?"),
            _("If the data is wrong, or is used wrongly: both sides know beforehand where they stand."),
            LiabilityForm,
        ),
        CanvasStep(
            "technique",
            _("How does it work?"),
            _("The connection does the work. You say how long and how often, and what must be safe."),
            TechniqueForm,
        ),
        CanvasStep(
            "partners",
            _("With whom?"),
            _("Who may have it, who decides, and whom they can ask."),
            PartnersForm,
        ),
    )
}  # fmt: skip

_FREE: Final = {"price": FREE}
_USUAL: Final[Mapping[str, Mapping[str, Mapping[str, Any]]]] = {
    Dataset.Model.OPEN: {
        "value": {**_FREE, "licence": Dataset.Licence.BY},
        "liability": {
            "quality": "as-is", "liability": "none", "may_pass_on": True, "duties": [Duty.ATTRIBUTE],
        },
        "partners": {"is_automatic": True},
    },
    Dataset.Model.MEMBERS: {
        "value": {**_FREE, "licence": Dataset.Licence.AGREED},
        "liability": {"quality": "care", "liability": "none", "duties": [Duty.ATTRIBUTE, Duty.INFORM]},
        "partners": {"only_participants": True, "is_automatic": True},
    },
    Dataset.Model.CONTRACT: {
        "value": {
            **_FREE, "licence": Dataset.Licence.AGREED, "purposes": [UsePurpose.RESEARCH], "results": [ResultUse.OWN, ResultUse.PUBLISHED],
        },
        "liability": {
            "quality": "care", "liability": "law", "duties": [Duty.ATTRIBUTE, Duty.DELETE, Duty.TRACKED],
        },
        "technique": {"days": 365},
        "partners": {"must_be_signed": True},
    },
    Dataset.Model.STAYS: {
        "value": {
            **_FREE, "licence": Dataset.Licence.AGREED, "purposes": [UsePurpose.RESEARCH], "results": [ResultUse.OWN, ResultUse.PUBLISHED],
        },
        "liability": {
            "quality": "care", "liability": "law", "duties": [Duty.ATTRIBUTE, Duty.ANONYMIZE, Duty.TRACKED],
        },
        "technique": {"days": 365},
        "partners": {"only_participants": True, "must_be_signed": True},
    },
}  # fmt: skip


def usual_answers(model: str, dataset: Dataset) -> dict[str, dict[str, Any]]:
    """What is answered where nobody said otherwise: by the model, and by what the record says already."""
    of_model = _USUAL[Dataset.Model(model)]
    told: dict[str, dict[str, Any]] = {
        "owner": {"owner": dataset.creator or dataset.connector.organisation.name},
        "partners": {
            "contact_name": dataset.contact_name,
            "contact_email": dataset.contact_email,
        },
    }
    if dataset.model == model and dataset.licence != Dataset.Licence.AGREED:
        told["value"] = {"licence": dataset.licence}
    return {name: {**of_model.get(name, {}), **told.get(name, {})} for name in STEPS}


def answered_by_record(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """What no step asks because the record says it."""
    desk = {"contact_name": dataset.contact_name, "contact_email": dataset.contact_email}
    return {
        "owner": {"personal": dataset.personal},
        "partners": desk if dataset.has_desk else {},
    }


def kept(form: forms.Form) -> dict[str, Any]:
    """What a step was answered, as JSON keeps it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in form.cleaned_data.items()
    }
