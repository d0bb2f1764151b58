"""Forms of the board on other sites: a site to allow, and what is shown there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.filters import area_choices
from katalysator.core.forms import PlainLine
from katalysator.core.language import active_language, language_choices
from katalysator.listings.market import markets


class EmbeddingPlaceForm(forms.Form):
    """The address of a site."""

    use_required_attribute = False

    origin = PlainLine(
        label=_("Address of your site"),
        max_length=200,
        help_text=_("Such as https://www.voorbeeld.nl. It must begin with https."),
    )


class SnippetForm(forms.Form):
    """What the board shows there."""

    use_required_attribute = False

    whose = forms.ChoiceField(label=_("Whose?"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), ("need", _("Needs")), ("offer", _("Offers"))],
    )
    area = forms.ChoiceField(label=_("Area"), required=False)
    market = forms.ChoiceField(label=_("Market"), required=False)
    lang = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        slugs = [(each.slug, each.label) for each in markets()]
        self._offer("whose", [("", _("Of all participants")), ("own", _("Of this organisation"))])
        self._offer("area", [("", _("All")), *area_choices()])
        self._offer("market", [("", _("All")), *slugs])
        self._offer("lang", language_choices())
        self.initial.setdefault("lang", active_language())

    def asked(self, slug: str) -> dict[str, str]:
        """The query of the board, as a page of the organisation's site asks for it."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        of = {"organisation": slug} if said.get("whose") == "own" else {"site": slug}
        names = ("kind", "area", "market")
        return {
            **of,
            **{name: said[name] for name in names if said.get(name)},
            "lang": said.get("lang") or active_language(),
        }

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]
