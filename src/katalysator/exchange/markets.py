"""Markets of every block: asking and giving expertise, and trying something out together."""

from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from katalysator.coalition.blocks import Block
from katalysator.exchange.registry import Market, Soft, Terms, register

SomeOf: Any = Field(min_length=1)


class ExpertiseTerms(Terms):
    form: Annotated[list[Literal["advice", "project", "training", "review"]], SomeOf, Soft]


@register
class Expertise(Market):
    slug = "expertise"
    label = _("Expertise")
    need_example = _("You have a question that somebody else can answer or solve.")
    offer_example = _("You know how to do something that others ask for.")
    blocks = (Block.RESEARCH, Block.TALENT, Block.DATA, Block.TRUST, Block.GROWTH)
    terms = ExpertiseTerms
    term_labels = {"form": _("Form")}
    choice_labels = {
        "advice": _("Advice"),
        "project": _("Joint project"),
        "training": _("Training"),
        "review": _("Independent review"),
    }


class PilotTerms(Terms):
    maturity: Annotated[list[Literal["idea", "prototype", "validated", "market"]], SomeOf, Soft]


@register
class Pilot(Market):
    slug = "pilot"
    label = _("Pilot")
    need_example = _("You want to try out a solution in practice.")
    offer_example = _("You have a solution, or a place, to try something out.")
    blocks = (Block.TRUST, Block.RESEARCH, Block.DATA, Block.GROWTH)
    terms = PilotTerms
    term_labels = {"maturity": _("Maturity")}
    choice_labels = {
        "idea": _("Idea"),
        "prototype": _("Prototype"),
        "validated": _("Proven in practice"),
        "market": _("On the market"),
    }
