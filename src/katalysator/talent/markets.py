"""Markets of talent: teachers for the school, places for the student."""

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.exchange.markets import SomeOf
from katalysator.exchange.registry import Hard, Market, Soft, Terms, register

WorkLanguages = Annotated[list[Literal["nl", "en"]], SomeOf, Hard]

_LEVELS = {
    "mbo": _("Vocational (mbo)"),
    "hbo": _("Applied sciences (hbo)"),
    "bachelor": _("University bachelor"),
    "master": _("University master"),
}
_LANGUAGES = {"nl": _("Dutch"), "en": _("English")}


class TeachingTerms(Terms):
    level: Annotated[
        list[Literal["mbo", "hbo", "bachelor", "master", "phd", "professional"]], SomeOf, Hard
    ]
    work_language: WorkLanguages
    delivery: Annotated[list[Literal["on-site", "online", "hybrid"]], SomeOf, Soft]


@register
class Teaching(Market):
    slug = "teaching"
    label = _("Teaching")
    need_example = _("Your school or team asks for a teacher, a guest lesson or a course.")
    offer_example = _("You can teach, or you have a course that others may use.")
    blocks = (Block.TALENT,)
    terms = TeachingTerms
    term_labels = {
        "level": _("Level"),
        "work_language": _("Working language"),
        "delivery": _("Way of teaching"),
    }
    choice_labels = {
        **_LEVELS,
        **_LANGUAGES,
        "phd": _("Doctoral"),
        "professional": _("Working people"),
        "on-site": _("On site"),
        "online": _("Online"),
        "hybrid": _("Both"),
    }


class InternshipTerms(Terms):
    level: Annotated[list[Literal["mbo", "hbo", "bachelor", "master"]], SomeOf, Hard]
    work_language: WorkLanguages


@register
class Internship(Market):
    slug = "internship"
    label = _("Internship")
    need_example = _("Your students look for a place to learn in practice.")
    offer_example = _("You have a place, and a supervisor, for a student.")
    blocks = (Block.TALENT,)
    terms = InternshipTerms
    term_labels = {"level": _("Level"), "work_language": _("Working language")}
    choice_labels = {**_LEVELS, **_LANGUAGES}
    offers_may_ask = True
