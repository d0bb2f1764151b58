"""Form: which record to look for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import PlainLine


class ChooseForm(forms.Form):
    """Which record to look for."""

    use_required_attribute = False

    q = PlainLine(label=_("Words of the name"), required=False, max_length=200)
