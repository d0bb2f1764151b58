"""Markets of talent: teachers for the school, places for the student, seats in courses, and work."""

from katalysator.coalition.blocks import Block
from katalysator.core.language import lazy as _
from katalysator.core.terms import Amount, Asked, Number, Range, Several
from katalysator.listings.market import Market, register
from katalysator.listings.markets import WORK_LANGUAGES, weekly_hours

_LEVELS = {
    "mbo": _("Vocational (mbo)"),
    "hbo": _("Applied sciences (hbo)"),
    "bachelor": _("University bachelor"),
    "master": _("University master"),
}
_LEVELS_OF_WORK = {"vmbo": _("Secondary school (vmbo), or no diploma"), **_LEVELS}


def _delivery() -> Several:
    """How is taught."""
    return Several(
        _("Way of teaching"),
        {"on-site": _("On site"), "online": _("Online"), "hybrid": _("Both")},
    )


@register
class Teaching(Market):
    slug = "teaching"
    label = _("Teaching")
    need_example = _("Your school or team asks for a teacher, a guest lesson or a course.")
    offer_example = _("You can teach, or you have a course that others may use.")
    places_help = _("Where the lessons are, or to which regions you travel.")
    blocks = (Block.TALENT,)
    in_own_name = True
    level = Several(
        _("Level"),
        {**_LEVELS, "phd": _("Doctoral"), "professional": _("Working people")},
        hard=True,
    )
    work_language = Several(_("Working language"), WORK_LANGUAGES, hard=True)
    delivery = _delivery()
    days_a_week = Number(
        _("Days a week"),
        least=0.5,
        most=5,
        decimals=1,
        unit=_("days"),
        hard=True,
        required=False,
        help_text=_("Who asks names the least, who teaches the most."),
    )


@register
class Retraining(Market):
    slug = "retraining"
    label = _("Retraining")
    need_example = _("You, or people of yours, want to learn for other work.")
    offer_example = _("You have seats in a course that leads to other work.")
    blocks = (Block.TALENT,)
    in_own_name = True
    level = Several(_("Level"), _LEVELS_OF_WORK, hard=True)
    work_language = Several(_("Working language"), WORK_LANGUAGES, hard=True)
    delivery = _delivery()
    hours_a_week = weekly_hours()
    course_fee = Amount(
        _("Price for who takes part"),
        asks=Asked.AT_MOST,
        hard=True,
        required=False,
        help_text=_(
            "In euros, after subsidies. Who wants to learn names the most, who teaches the price."
        ),
    )


@register
class Job(Market):
    slug = "job"
    label = _("Job")
    need_example = _("You look for work, or for work for people of yours.")
    offer_example = _("You have a vacancy.")
    blocks = (Block.TALENT,)
    offers_may_ask = True
    in_own_name = True
    level = Several(_("Level"), _LEVELS_OF_WORK, hard=True)
    work_language = Several(_("Working language"), WORK_LANGUAGES, hard=True)
    hours_a_week = weekly_hours()
    monthly_pay = Range(
        _("Pay a month"),
        Amount(""),
        ends=(_("From (euro)"), _("Up to (euro)")),
        hard=True,
        help_text=_("Before tax, for a full week. Only where it is told."),
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
    hours_a_week = weekly_hours()
