"""Markets of research: people for a project, and room in a lab."""

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.exchange.markets import SomeOf
from katalysator.exchange.registry import Hard, Market, Terms, register


class ResearchPositionTerms(Terms):
    position: Annotated[list[Literal["phd", "postdoc", "engineer", "visiting"]], SomeOf, Hard]
    work_language: Annotated[list[Literal["nl", "en"]], SomeOf, Hard]


@register
class ResearchPosition(Market):
    slug = "research-position"
    label = _("Research position")
    need_example = _(
        "You look for a place to do research, for yourself or for your group's people."
    )
    offer_example = _("You have a position for a researcher or an engineer.")
    blocks = (Block.RESEARCH, Block.TALENT)
    terms = ResearchPositionTerms
    term_labels = {"position": _("Position"), "work_language": _("Working language")}
    choice_labels = {
        "phd": _("Doctoral candidate"),
        "postdoc": _("Postdoctoral researcher"),
        "engineer": _("Research engineer"),
        "visiting": _("Visiting researcher"),
        "nl": _("Dutch"),
        "en": _("English"),
    }
    offers_may_ask = True


class LabCapacityTerms(Terms):
    facility: Annotated[
        list[Literal["compute", "robotics", "imaging", "test-site", "data-lab"]], SomeOf, Hard
    ]


@register
class LabCapacity(Market):
    slug = "lab-capacity"
    label = _("Lab capacity")
    need_example = _("You need a machine, a room or a test site for a while.")
    offer_example = _("You have capacity that others may use.")
    blocks = (Block.RESEARCH,)
    terms = LabCapacityTerms
    term_labels = {"facility": _("Facility")}
    choice_labels = {
        "compute": _("Computing power"),
        "robotics": _("Robotics"),
        "imaging": _("Imaging"),
        "test-site": _("Test site"),
        "data-lab": _("Data lab"),
    }
