"""Markets of research: people for a project, and room in a lab."""

from katalysator.coalition.blocks import Block
from katalysator.core.language import lazy as _
from katalysator.core.terms import Several
from katalysator.listings.market import Market, register
from katalysator.listings.markets import WORK_LANGUAGES, weekly_hours


@register
class ResearchPosition(Market):
    slug = "research-position"
    label = _("Research position")
    need_example = _(
        "You look for a place to do research, for yourself or for your group's people."
    )
    offer_example = _("You have a position for a researcher or an engineer.")
    blocks = (Block.RESEARCH, Block.TALENT)
    offers_may_ask = True
    in_own_name = True
    position = Several(
        _("Position"),
        {
            "graduation": _("Graduation project of a master"),
            "phd": _("Doctoral candidate"),
            "postdoc": _("Postdoctoral researcher"),
            "engineer": _("Research engineer"),
            "visiting": _("Visiting researcher"),
        },
        hard=True,
    )
    work_language = Several(_("Working language"), WORK_LANGUAGES, hard=True)
    hours_a_week = weekly_hours()


@register
class LabCapacity(Market):
    slug = "lab-capacity"
    label = _("Lab capacity")
    need_example = _("You need a machine, a room or a test site for a while.")
    offer_example = _("You have capacity that others may use.")
    blocks = (Block.RESEARCH,)
    facility = Several(
        _("Facility"),
        {
            "compute": _("Computing power"),
            "robotics": _("Robotics"),
            "imaging": _("Imaging"),
            "test-site": _("Test site"),
            "data-lab": _("Data lab"),
        },
        hard=True,
    )
