"""Forms of terms: which model a canvas begins from, that it is confirmed, and terms without a canvas."""

from dataclasses import asdict
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.dataspace.canvas.steps import (
    LiabilityForm,
    PartnersForm,
    TechniqueForm,
    ValueForm,
)
from katalysator.dataspace.canvas.terms import SharingTerms
from katalysator.dataspace.models import AgreementTemplate, Dataset, DatasetOffer

_CHOSEN: Final = tuple(SharingTerms.__dataclass_fields__)


class SharingModelForm(forms.Form):
    """How somebody wants to share, from which the answers begin."""

    use_required_attribute = False

    model = forms.ChoiceField(
        label=_("How do you want to share?"),
        choices=Dataset.Model.choices,
        widget=forms.RadioSelect,
    )


class OfferForm(PartnersForm):
    """Terms of an offer, all on one page."""

    contact_name = None  # type: ignore[assignment]
    contact_email = None  # type: ignore[assignment]
    purposes = ValueForm.base_fields["purposes"]
    results = ValueForm.base_fields["results"]
    until = TechniqueForm.base_fields["until"]
    days = TechniqueForm.base_fields["days"]
    uses = TechniqueForm.base_fields["uses"]
    stays_put = forms.BooleanField(
        label=_("The data stays put: others bring their question or algorithm"), required=False
    )
    may_pass_on = LiabilityForm.base_fields["may_pass_on"]
    duties = LiabilityForm.base_fields["duties"]
    template = forms.ChoiceField(
        label=_("Which text does the agreement begin from?"), choices=AgreementTemplate.choices
    )
    field_order = (
        *("purposes", "results", "only_participants", "kinds", "areas", "region"),
        *("until", "days", "uses", "stays_put", "may_pass_on", "duties"),
        *("is_automatic", "must_be_signed", "template"),
    )

    def chosen(self) -> SharingTerms:
        """The terms that were chosen."""
        said = {name: self.cleaned_data[name] for name in _CHOSEN}
        lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
        return SharingTerms(**said | lists)


def as_initial(offer: DatasetOffer, chosen: SharingTerms) -> dict[str, Any]:
    """What the form shows of an offer of before."""
    own = {name: getattr(offer, name) for name in ("is_automatic", "must_be_signed", "template")}
    return asdict(chosen) | own
