"""Markets of every block: asking and giving expertise, and trying something out together."""

from katalysator.coalition.blocks import Block
from katalysator.core.language import lazy as _
from katalysator.core.terms import Number, Range, Several
from katalysator.listings.market import Market, register

WORK_LANGUAGES = {"nl": _("Dutch"), "en": _("English")}
_WEEK = 60


def weekly_hours() -> Range:
    """So many hours a week, of which both sides name a range."""
    ends = _("From (hours)"), _("Up to (hours)")
    of = Number("", least=1, most=_WEEK, unit=_("hours"))
    return Range(_("Hours a week"), of, ends=ends, hard=True)


@register
class Expertise(Market):
    slug = "expertise"
    label = _("Expertise")
    need_example = _("You have a question that somebody else can answer or solve.")
    offer_example = _("You know how to do something that others ask for.")
    blocks = (Block.RESEARCH, Block.TALENT, Block.DATA, Block.TRUST, Block.GROWTH)
    in_own_name = True
    form = Several(
        _("Form"),
        {
            "advice": _("Advice"),
            "project": _("Joint project"),
            "training": _("Training"),
            "review": _("Independent review"),
        },
    )


@register
class Pilot(Market):
    slug = "pilot"
    label = _("Pilot")
    need_example = _("You want to try out a solution in practice.")
    offer_example = _("You have a solution, or a place, to try something out.")
    blocks = (Block.TRUST, Block.RESEARCH, Block.DATA, Block.GROWTH)
    maturity = Several(
        _("Maturity"),
        {
            "idea": _("Idea"),
            "prototype": _("Prototype"),
            "validated": _("Proven in practice"),
            "market": _("On the market"),
        },
    )
