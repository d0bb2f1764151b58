"""The form by which data is asked for: on which offer, for what, and on other terms where these do not fit."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.dataspace.catalogues.reading import CatalogueEntry
from katalysator.dataspace.catalogues.terms import TermsFields, chosen_in, word_choices
from katalysator.dataspace.deciding import answers_today, denied, unsaid

_DEPENDS: Final = _("These terms depend on this: without it they give no right to the data.")
_DENIED: Final = _(
    "These terms do not allow this. Choose something else, or ask for other terms below."
)
_SAID_BY: Final = {"purpose": "purpose", "derivedData": "outcome"}
"""The fields by which who asks says what nobody else can."""


class DataAskForm(TermsFields):
    """What is asked for, and what who asks says of itself."""

    offer = forms.ChoiceField(label=_("On which terms?"), widget=forms.RadioSelect)
    purpose = forms.MultipleChoiceField(
        label=_("What do you want it for?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The other side reads this, and terms may depend on it."),
    )
    outcome = forms.MultipleChoiceField(
        label=_("What will you do with results?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wants_other = forms.BooleanField(
        label=_("These terms do not fit: I ask for those below"), required=False
    )

    field_order = ("offer", "purpose", "outcome", "wants_other")

    def __init__(self, *args: Any, found: CatalogueEntry, asker: str, **named: Any) -> None:
        super().__init__(*args, **named)
        self.asker = asker
        self.offers = {each.key: each for each in found.offers}
        labels = [
            (each.key, _("Terms %(number)s") % {"number": n})
            for n, each in enumerate(found.offers, 1)
        ]
        self._offer_these("offer", labels)
        if len(labels) == 1:
            self.fields["offer"].initial = labels[0][0]
            self.fields["offer"].widget = forms.HiddenInput()
            self.initial = {**self.initial, **chosen_in(found.offers[0].terms)}
        terms = [each.terms for each in found.offers]
        self.know_words_of(terms)
        self._offer_these("purpose", word_choices("purpose", terms))
        self._offer_these("outcome", word_choices("derivedData", terms))
        asked = [unsaid(each) for each in answers_today(terms, asker, {})]
        for left in frozenset.intersection(*asked) if asked else ():
            self.fields[_SAID_BY[left]].required = True
            self.fields[_SAID_BY[left]].error_messages["required"] = _DEPENDS

    def _offer_these(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """What other terms would say stops nobody who does not ask for them."""
        if not self.cleaned_data.get("wants_other"):
            for name in TermsFields.base_fields:
                self.errors.pop(name, None)
        if not self.errors:
            self._require_what_terms_ask()
        return super().clean()

    def _require_what_terms_ask(self) -> None:
        """Where who asks says too little, or what terms deny, all would go well until the data is fetched, and that would be refused."""
        [answer] = answers_today([self.asked()], self.asker, self.declared())
        for left in unsaid(answer):
            self.add_error(_SAID_BY[left], _DEPENDS)
        for left in denied(answer):
            self.add_error(_SAID_BY[left], _DENIED)

    def asked(self) -> dict[str, Any]:
        """The offer, with its terms or other ones."""
        found = self.offers[self.cleaned_data["offer"]]
        terms = self.terms(found.terms) if self.cleaned_data["wants_other"] else found.terms
        return {"@id": found.key, **terms}

    def declared(self) -> dict[str, list[str]]:
        """What who asks says of itself."""
        said = self.cleaned_data
        return {"purpose": said["purpose"], "derivedData": said["outcome"]}
