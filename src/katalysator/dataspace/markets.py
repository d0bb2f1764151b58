"""The market of data: who has it, who needs it, and on which access."""

from katalysator.coalition.blocks import Block
from katalysator.core.language import lazy as _
from katalysator.core.terms import Several
from katalysator.listings.market import Market, register


@register
class Data(Market):
    slug = "data"
    label = _("Data")
    need_example = _("You miss data to train, test or understand something.")
    offer_example = _("You have data that others may use, openly or on conditions.")
    blocks = (Block.DATA,)
    access = Several(
        _("Access"),
        {
            "open": _("Open"),
            "contract": _("Under a contract"),
            "on-site": _("Only at the holder's"),
        },
        hard=True,
    )
    personal = Several(
        _("Personal data"),
        {"none": _("None"), "pseudonymised": _("Pseudonymised"), "personal": _("Personal")},
        hard=True,
    )
