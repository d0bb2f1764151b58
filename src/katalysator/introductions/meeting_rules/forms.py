"""The form with which the bureau rules out that one kind of organisation proposes to another."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.listings.market import markets


class MeetingRuleForm(forms.Form):
    """In which market who does not propose to whom."""

    use_required_attribute = False

    market = forms.ChoiceField(label=_("Market"), required=False)
    asking = forms.ChoiceField(label=_("Who does not propose"), choices=Organisation.Kind.choices)
    asked = forms.ChoiceField(label=_("To whom"), choices=Organisation.Kind.choices)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [("", _("All markets")), *((each.slug, each.label) for each in markets())]
        self.fields["market"].choices = choices  # type: ignore[attr-defined]
