"""The form of a participant elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import PlainLine, PlainText
from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.dataspace.connectors.finding import found_address
from katalysator.dataspace.connectors.partner_facts import LONGEST_KEYS, PartnerFacts, key_set
from katalysator.dataspace.models.connectors import LONGEST_ID


class PartnerForm(forms.Form):
    """Who it is; the rest is looked up, or filled in for who has no did:web."""

    use_required_attribute = False

    name = PlainLine(label=_("Name"), max_length=120)
    participant_id = PlainLine(
        label=_("Its id in the data space"),
        max_length=LONGEST_ID,
        help_text=_("Mostly it begins with did:web: — ask the other side for it."),
    )
    address = PlainLine(
        label=_("Where it speaks the protocol"),
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text=_("Leave it open for a did:web: then we look it up."),
    )
    keys = PlainText(
        label=_("Its public keys"),
        required=False,
        max_length=LONGEST_KEYS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only where it has no did:web: paste its “JWK set”."),
    )

    def facts(self) -> PartnerFacts:
        """What was said, looked up where it was left open. Raises InvalidInput at its field. Asks other machines."""
        said = self.cleaned_data
        keys = key_set(said["keys"]) if said["keys"] else {}
        address = said["address"] or found_address(said["participant_id"])
        return PartnerFacts(said["participant_id"], said["name"], address, keys)
