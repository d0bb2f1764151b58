"""Forms of who decides in a negotiation or a transfer: a reason, or other terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import PlainText
from katalysator.dataspace.catalogues.terms import TermsFields, chosen_in
from katalysator.dataspace.models import Negotiation, ProtocolProcess
from katalysator.dataspace.processes.verbs import LONGEST_REASON


class SayForm(forms.Form):
    """What a message of a process says: here nothing more than itself."""

    use_required_attribute = False

    def __init__(self, *args: Any, process: ProtocolProcess, **named: Any) -> None:
        self.process = process
        super().__init__(*args, **named)

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


class SayTermsForm(SayForm, TermsFields):
    """Other terms than those on the table, which it begins with."""

    def __init__(self, *args: Any, process: Negotiation, **named: Any) -> None:
        initial = chosen_in(process.offer)
        super().__init__(*args, process=process, initial=initial, **named)
        self.offer = process.offer
        self.know_words_of([process.offer])

    def told(self) -> dict[str, Any]:
        """The terms."""
        return {"terms": self.terms(self.offer)}
