"""Forms of who decides in a negotiation or a transfer: a reason, or other terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import PlainText
from katalysator.dataspace.catalogues.terms import TermsFields
from katalysator.dataspace.processes.verbs import LONGEST_REASON


class SayForm(forms.Form):
    """What a message says: here nothing more than itself."""

    use_required_attribute = False

    def told(self) -> dict[str, Any]:
        """What the verb is told."""
        return {}


class SayWhyForm(SayForm):
    """Why it ends or stands still."""

    reason = PlainText(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other side reads this."),
    )

    def told(self) -> dict[str, Any]:
        """The reason."""
        return {"reason": self.cleaned_data["reason"]}


class SayTermsForm(TermsFields, SayForm):
    """Other terms than those on the table."""

    def told(self) -> dict[str, Any]:
        """The terms."""
        return {"terms": self.terms()}
