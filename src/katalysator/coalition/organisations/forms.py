"""Forms: what an organisation says of itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices, province_choices
from katalysator.coalition.models import Organisation
from katalysator.coalition.organisations.facts import OrganisationFacts
from katalysator.core import regions
from katalysator.core.filters import Choices
from katalysator.core.forms import (
    PlainLine,
    PlainText,
    said_in_languages,
    shown_in_languages,
    text_in_languages,
)
from katalysator.core.language import TEXT_LANGUAGES, active_language

_ABOUT = 2_000


class OrganisationForm(forms.Form):
    """All that an organisation says of itself; what it does, in each language that it likes."""

    use_required_attribute = False  # our own sentences say what is missing

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = PlainLine(label=_("Name"), max_length=160)
    other_names = PlainText(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Each on a line: abbreviations, names in another language, names of before."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    city = PlainLine(label=_("City"), required=False, max_length=80)
    kvk = PlainLine(label=_("KvK number"), required=False, max_length=20)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    contact = forms.EmailField(
        label=_("Address for questions"),
        required=False,
        max_length=254,
        help_text=_("Of the organisation, not of a person: everybody sees it."),
    )
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
    mail_domains = PlainText(
        label=_("E-mail domains"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Each on a line, such as “voorbeeld.nl”. Who has an address there can ask to join you."
        ),
    )

    def __init__(self, *args: Any, organisation: Organisation, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["region"] = forms.ChoiceField(
            label=_("Region"), choices=_regions(organisation.region)
        )
        label = gettext("What do you do? (%(language)s)")
        self.fields |= text_in_languages("about", label, most=_ABOUT)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions, in the order in which they are asked."""
        about = [f"about_{code}" for code in TEXT_LANGUAGES]
        names = ["name", "other_names", "kind", *about, "areas", "blocks", "region", "city"]
        return [self[name] for name in (*names, "website", "contact", "kvk", "mail_domains")]

    def facts(self) -> OrganisationFacts:
        """What was said, for the verb."""
        said = dict(self.cleaned_data)
        said.pop("seen")
        about = said_in_languages("about", said)
        for name in ("other_names", "mail_domains"):
            said[name] = tuple(filter(None, map(str.strip, said[name].splitlines())))
        for name in ("areas", "blocks"):
            said[name] = tuple(said[name])
        return OrganisationFacts(**said, about=about)


def initial_of(organisation: Organisation) -> dict[str, Any]:
    """What the form shows of an organisation. Cost: one query."""
    plain = ("name", "kind", "region", "city", "kvk", "website", "contact", "blocks")
    shown = {name: getattr(organisation, name) for name in plain}
    shown |= {
        name: "\n".join(getattr(organisation, name)) for name in ("other_names", "mail_domains")
    }
    shown |= shown_in_languages("about", organisation.about)
    return shown | {"areas": list(organisation.areas.values_list("slug", flat=True))}


def _regions(own: str) -> Choices:
    """The country, the provinces, and the region of today where it is neither."""
    language = active_language()
    known = [("NL", regions.name("NL", language)), *province_choices()]
    return known if own in dict(known) else [*known, (own, regions.name(own, language))]
