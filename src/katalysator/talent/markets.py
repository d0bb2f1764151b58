"""Markets of talent: teachers for the school, places for the student."""

from katalysator.coalition.blocks import Block
from katalysator.core.language import lazy as _
from katalysator.core.terms import Several
from katalysator.listings.market import Market, register
from katalysator.listings.markets import WORK_LANGUAGES

_LEVELS = {
    "mbo": _("Vocational (mbo)"),
    "hbo": _("Applied sciences (hbo)"),
    "bachelor": _("University bachelor"),
    "master": _("University master"),
}


@register
class Teaching(Market):
    slug = "teaching"
    label = _("Teaching")
    need_example = _("Your school or team asks for a teacher, a guest lesson or a course.")
    offer_example = _("You can teach, or you have a course that others may use.")
    blocks = (Block.TALENT,)
    in_own_name = True
    level = Several(
        _("Level"),
        {**_LEVELS, "phd": _("Doctoral"), "professional": _("Working people")},
        hard=True,
    )
    work_language = Several(_("Working language"), WORK_LANGUAGES, hard=True)
    delivery = Several(
        _("Way of teaching"),
        {"on-site": _("On site"), "online": _("Online"), "hybrid": _("Both")},
    )


@register
class Internship(Market):
    slug = "internship"
    label = _("Internship")
    need_example = _("You or your students look for a place to learn in practice.")
    offer_example = _("You have a place, and a supervisor, for a student.")
    blocks = (Block.TALENT,)
    offers_may_ask = True
    in_own_name = True
    level = Several(_("Level"), _LEVELS, hard=True)
    work_language = Several(_("Working language"), WORK_LANGUAGES, hard=True)
