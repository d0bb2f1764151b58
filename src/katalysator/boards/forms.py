"""The form of a saved search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.boards.models import PACES
from katalysator.core.forms import PlainLine


class SearchForm(forms.Form):
    """Its name, and how often one is told what is new."""

    use_required_attribute = False

    name = PlainLine(
        label=_("Name"), max_length=80, help_text=_("For instance: offers for care in Zeeland.")
    )
    pace = forms.ChoiceField(
        label=_("Tell me by mail what is new"), widget=forms.RadioSelect, initial=PACES[0]
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["pace"].choices = [(each.value, each.label) for each in PACES]  # type: ignore[attr-defined]
