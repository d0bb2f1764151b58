"""Which organisations are asked for, for the directory and the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Area, Hub, Organisation
from katalysator.coalition.queries import OrganisationQuerySet
from katalysator.core import regions
from katalysator.core.language import active_language


class OrganisationFilter(forms.Form):
    """Narrow the list of organisations down; everything is optional."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    hub = forms.ChoiceField(label=_("Hub"), required=False)
    part = forms.ChoiceField(label=_("Takes part"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = active_language()
        provinces = [code for code in regions.REGIONS if code.startswith("NL") and len(code) == 4]
        self._choose("kind", Organisation.Kind.choices)
        self._choose("area", [(area.slug, str(area)) for area in Area.objects.all()])
        self._choose("region", [(code, regions.name(code, language)) for code in provinces])
        self._choose("hub", [(hub.slug, hub.name) for hub in Hub.objects.all()])
        self._choose("part", [("yes", _("Participants")), ("no", _("Directory only"))])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]


def narrowed(found: OrganisationQuerySet, form: OrganisationFilter) -> OrganisationQuerySet:
    """The organisations that the form asks for; what it cannot read is left out of account."""
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    if "q" in asked:
        found = found.filter(name__icontains=asked["q"])
    if "kind" in asked:
        found = found.filter(kind=asked["kind"])
    if "area" in asked:
        found = found.filter(areas=asked["area"])
    if "region" in asked:
        found = found.in_region(asked["region"])
    if "hub" in asked:
        found = found.of_hub(Hub.objects.get(slug=asked["hub"]))
    if "part" in asked:
        found = found.filter(is_participant=asked["part"] == "yes")
    return found.order_by("name", "pk")
