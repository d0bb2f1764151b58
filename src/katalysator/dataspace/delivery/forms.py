"""The form by which somebody says where data is kept elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import PlainLine
from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.dataspace.models import DataSource

_LONGEST_SECRET = 4_000
_WHICH = {
    DataSource.Kind.HTTP: _("On the web, at an address"),
    DataSource.Kind.S3: _("In a store of objects (S3)"),
}


def _secret(label: Any, **more: Any) -> forms.CharField:
    """A field whose value is never shown again."""
    widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=_LONGEST_SECRET, widget=widget, **more
    )


class DataSourceForm(forms.Form):
    """Where it is, and what the place wants to hear of us."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Where is the data?"), choices=list(_WHICH.items()), widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("Such as https://example.org/data.csv, or s3://bucket/data.csv in a store."),
    )
    name = PlainLine(
        label=_("Header"),
        required=False,
        max_length=60,
        help_text=_("Only where the address wants a key. Such as Authorization."),
    )
    value = _secret(_("What stands in the header"), help_text=_("Such as Bearer and a token."))
    endpoint = forms.CharField(
        label=_("Address of the store"),
        required=False,
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("Leave it open for Amazon."),
    )
    region = PlainLine(label=_("Region of the store"), required=False, max_length=60)
    key = _secret(_("Access key"))
    secret = _secret(_("Secret key"))
    token = _secret(_("Session token"))

    def told(self) -> dict[str, str]:
        """What the place wants to hear, as it was said."""
        names = ("name", "value", "endpoint", "region", "key", "secret", "token")
        return {name: self.cleaned_data[name] for name in names}
