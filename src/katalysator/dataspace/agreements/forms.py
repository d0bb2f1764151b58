"""Forms of agreements: who signs, why it ends, until when it is renewed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import DayInput, PlainLine


class SignForm(forms.Form):
    """Who signs, and that they read it."""

    use_required_attribute = False

    name = PlainLine(label=_("Your name"), max_length=120)
    function = PlainLine(
        label=_("As what do you sign?"),
        max_length=120,
        help_text=_("Your function. You declare that you may sign for your organisation."),
    )
    has_read = forms.BooleanField(label=_("I have read this text and agree to it"))


class EndForm(forms.Form):
    """Why an agreement ends."""

    use_required_attribute = False

    reason = PlainLine(
        label=_("Why does it end?"), max_length=500, help_text=_("The other party reads this.")
    )


class RenewForm(forms.Form):
    """Until when an agreement is renewed."""

    use_required_attribute = False

    until = forms.DateField(
        label=_("Until which day does the new agreement last?"),
        widget=DayInput(),
        help_text=_("That day too."),
    )
