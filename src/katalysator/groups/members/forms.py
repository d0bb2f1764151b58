"""Form: whom to invite."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GroupInviteForm(forms.Form):
    """Whom to invite."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Of somebody who speaks for a participant here."),
    )
