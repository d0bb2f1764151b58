"""The form of a webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import PlainLine
from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.webhooks.events import event_types
from katalysator.webhooks.models import Webhook
from katalysator.webhooks.verbs import WebhookFacts


class WebhookForm(forms.Form):
    """Where it is, and of what it hears; the bureau hears of all that it may see anyway."""

    use_required_attribute = False

    name = PlainLine(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("For instance: our own list of needs."),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Of your own program, such as https://example.org/katalysator. It is a public one."
        ),
    )
    types = forms.MultipleChoiceField(
        label=_("Of what is it told?"), widget=forms.CheckboxSelectMultiple
    )
    of_others = forms.BooleanField(
        label=_("Also of what others do, where all participants may see it"), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bureau: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        types: Any = self.fields["types"]
        types.choices = [(each.name, each.label) for each in event_types(bureau=bureau)]
        if bureau:
            del self.fields["of_others"]

    def facts(self) -> WebhookFacts:
        """What was said."""
        said = self.cleaned_data
        return WebhookFacts(
            said["name"], said["address"], said["types"], said.get("of_others", False)
        )


def initial_of(webhook: Webhook) -> dict[str, Any]:
    """What the form shows of one that is there."""
    return {name: getattr(webhook, name) for name in ("name", "address", "types", "of_others")}
