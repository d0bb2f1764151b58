"""Forms: apply, and decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.admission.models import Application
from katalysator.admission.taking_in import records_like
from katalysator.admission.verbs import Applicant
from katalysator.coalition.filters import area_choices, province_choices
from katalysator.coalition.models import Organisation
from katalysator.commitments.forms import PromisesForm
from katalysator.commitments.models import MEANT
from katalysator.core.filters import Choices
from katalysator.core.forms import PlainLine, PlainText
from katalysator.core.identifiers import parse_kvk
from katalysator.core.language import TEXT_LANGUAGES, active_language
from katalysator.faults import InvalidInput

_ABOUT = 2_000
_REASON = 1_000
_NEW = ""


def _provinces() -> Choices:
    return [("", "—"), *province_choices()]


class ApplicationForm(PromisesForm):
    """What an organisation says that wants to take part."""

    name = PlainLine(label=_("Name of the organisation"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *Organisation.Kind.choices])
    kvk = PlainLine(
        label=_("KvK number"),
        required=False,
        max_length=20,
        help_text=_("Eight digits, of the Dutch trade register. By it we see whether we know you."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    city = PlainLine(label=_("City"), required=False, max_length=80)
    region = forms.ChoiceField(label=_("Province"), choices=_provinces)
    areas = forms.MultipleChoiceField(
        label=_("Areas"),
        required=False,
        choices=area_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    about = PlainText(
        label=_("What do you do?"),
        max_length=_ABOUT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few sentences: everybody reads them on your page."),
    )
    text_language = forms.ChoiceField(
        label=_("Language of this text"), choices=list(TEXT_LANGUAGES.items())
    )
    motivation = PlainText(
        label=_("Why do you want to take part?"),
        required=False,
        max_length=_ABOUT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the bureau reads this."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a link to it. You manage your organisation's page with it later."),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["text_language"].initial = active_language()

    @property
    def of_organisation(self) -> list[forms.BoundField]:
        """The questions about the organisation."""
        names = (
            "name",
            "kind",
            "kvk",
            "website",
            "city",
            "region",
            "areas",
            "about",
            "text_language",
        )
        return [self[name] for name in names]

    @property
    def of_applicant(self) -> list[forms.BoundField]:
        """The questions about who applies."""
        return [self[name] for name in ("motivation", "email")]

    def clean_kvk(self) -> str:
        """Eight digits."""
        text = str(self.cleaned_data["kvk"])
        try:
            return parse_kvk(text) if text else ""
        except InvalidInput as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Something is promised that we ask of everybody."""
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(kind.value) for kind in MEANT):
            self.add_error(
                MEANT[0].value, _("Choose at least one of these: we ask it of everybody.")
            )
        return data

    @property
    def known(self) -> Organisation | None:
        """The record in the directory with the same number, where there is one."""
        kvk = self.cleaned_data.get("kvk")
        return Organisation.objects.filter(kvk=kvk).first() if kvk else None

    def applicant(self) -> Applicant:
        """What was said, for the verb."""
        said = {name: self.cleaned_data[name] for name in _SAID}
        said["areas"] = tuple(said["areas"])
        return Applicant(**said, language=active_language(), promises=self.promises())


_SAID = tuple(ApplicationForm.declared_fields)


class AdmitForm(forms.Form):
    """Which record of the directory an applicant is, if any."""

    use_required_attribute = False

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which organisation is this?"),
        required=False,
        empty_label=_("None of these: make a new record"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, application: Application, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["organisation"]
        field.queryset = records_like(application)
        self.initial.setdefault("organisation", field.queryset.first())


class DeclineForm(forms.Form):
    """Why not."""

    use_required_attribute = False

    reason = PlainText(
        label=_("Why not?"),
        max_length=_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They get this by mail."),
    )
