"""Form: whom to invite."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.core.forms import PlainLine


class InvitePartnerForm(forms.Form):
    """Whom to invite: all who speak for a participant."""

    use_required_attribute = False

    name = PlainLine(
        label=_("Name of the participant"),
        max_length=160,
        help_text=_("As the list of organisations has it. All who speak for it are invited."),
    )

    def clean_name(self) -> Organisation:
        """The participant of this name."""
        name = self.cleaned_data["name"]
        found: Organisation | None = Organisation.objects.participants().filter(name=name).first()
        if found is None:
            raise forms.ValidationError(_("There is no participant “%(name)s”.") % {"name": name})
        return found
