"""Forms of catalogues elsewhere: another source, and what is looked for in all data."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.founding.current import current
from katalysator.coalition.models import Person
from katalysator.core.forms import PlainLine
from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.dataspace.harvest.everywhere import HERE, EverywhereQuery
from katalysator.dataspace.harvest.verbs import SourceFacts
from katalysator.dataspace.models import Connector, HarvestSource, Partner
from katalysator.dataspace.vocabularies import DataTheme


class HarvestSourceForm(forms.Form):
    """A catalogue elsewhere: where it is, what we call it, and how often it is read."""

    use_required_attribute = False

    name = PlainLine(
        label=_("What is it called?"),
        max_length=120,
        help_text=_("For instance: the data portal of a province. Everybody sees this name."),
    )
    address = forms.CharField(
        label=_("Address of a feed in DCAT"),
        max_length=LONGEST_ADDRESS,
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Turtle, RDF/XML or JSON-LD, such as https://example.org/catalog.ttl. Many data portals have one."
        ),
    )
    partner = forms.ModelChoiceField(
        label=_("Or a participant elsewhere"),
        queryset=Partner.objects.none(),
        required=False,
        help_text=_(
            "Its catalogue is asked for over the Dataspace Protocol. What it tells your connector only those see who manage your organisation."
        ),
    )
    connector = forms.ModelChoiceField(
        label=_("Which connector of ours asks for it?"),
        queryset=Connector.objects.none(),
        required=False,
    )
    every = forms.ChoiceField(
        label=_("How often is it read?"), choices=HarvestSource.Every.choices, initial="day"
    )

    def __init__(self, *args: Any, person: Person, **named: Any) -> None:
        super().__init__(*args, **named)
        connectors = Connector.objects.visible_to(person).speaking()
        partners = Partner.objects.filter(
            Q(connector=None) | Q(connector__in=connectors.values("pk")),
            Exists(connectors),
            is_blocked=False,
        )
        if not partners.exists():  # then there is nobody to ask, and nobody who asks
            del self.fields["partner"], self.fields["connector"]
            self.fields["address"].required = True
            return
        fields: Any = self.fields
        fields["partner"].queryset, fields["connector"].queryset = partners, connectors

    def clean(self) -> dict[str, Any]:
        """One of both ways, and not none."""
        said: dict[str, Any] = super().clean() or {}
        if "partner" in self.fields and bool(said.get("address")) == bool(said.get("partner")):
            self.add_error("address", _("Give an address, or choose a participant elsewhere."))
        if said.get("partner") and not said.get("connector"):
            self.add_error("connector", _("Choose the connector that asks."))
        return said

    def facts(self) -> SourceFacts:
        """What was said."""
        said = self.cleaned_data
        return SourceFacts(
            name=said["name"],
            every=said["every"],
            address=said.get("address", ""),
            partner=said.get("partner"),
            connector=said.get("connector") if said.get("partner") else None,
        )


class EverywhereForm(forms.Form):
    """What is looked for; what cannot be read counts as not asked."""

    use_required_attribute = False

    q = PlainLine(label=_("Words"), max_length=200, required=False)
    theme = forms.ChoiceField(
        label=_("Theme"), choices=[("", _("All")), *DataTheme.choices], required=False
    )
    where = forms.ChoiceField(label=_("Where it lives"), required=False)

    def __init__(self, *args: Any, person: Person | AnonymousUser, **named: Any) -> None:
        super().__init__(*args, **named)
        told = HarvestSource.objects.told_to(person).values_list("pk", "name")
        sources = [(str(pk), name) for pk, name in told]
        where: Any = self.fields["where"]
        where.choices = [("", _("Everywhere")), (HERE, str(current())), *sources]

    def asked(self) -> EverywhereQuery:
        """What of it can be read."""
        self.is_valid()
        said = self.cleaned_data
        return EverywhereQuery(said.get("q", ""), said.get("theme", ""), said.get("where", ""))
