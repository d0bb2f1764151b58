"""The market of data: who has it, who needs it, and on which access."""

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.exchange.markets import SomeOf
from katalysator.exchange.registry import Hard, Market, Terms, register


class DataTerms(Terms):
    access: Annotated[list[Literal["open", "contract", "on-site"]], SomeOf, Hard]
    personal: Annotated[list[Literal["none", "pseudonymised", "personal"]], SomeOf, Hard]


@register
class Data(Market):
    slug = "data"
    label = _("Data")
    need_example = _("You miss data to train, test or understand something.")
    offer_example = _("You have data that others may use, openly or on conditions.")
    blocks = (Block.DATA,)
    terms = DataTerms
    term_labels = {"access": _("Access"), "personal": _("Personal data")}
    choice_labels = {
        "open": _("Open"),
        "contract": _("Under a contract"),
        "on-site": _("Only at the holder's"),
        "none": _("None"),
        "pseudonymised": _("Pseudonymised"),
        "personal": _("Personal"),
    }
