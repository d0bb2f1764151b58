"""The form with which a sheet of knowledge is given."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.importing.held.forms import HeldForm
from katalysator.knowledge.models import KnowledgeItem


class KnowledgeSheetForm(HeldForm):
    """A sheet, whose it is, and what its items are where it does not say so."""

    otherwise = _("As the sheet says")
    kind = forms.ChoiceField(
        label=_("Kind, where the sheet does not say it"),
        choices=KnowledgeItem.Kind.choices,
        initial=KnowledgeItem.Kind.PUBLICATION,
    )
