"""Markets of growth: a challenge with a budget, capital, and partners for a subsidy."""

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.exchange.markets import SomeOf
from katalysator.exchange.registry import Hard, Market, Soft, Terms, register


@register
class Challenge(Market):
    slug = "challenge"
    label = _("Challenge")
    need_example = _("You have a problem, and a budget for who solves it.")
    offer_example = _("You have a solution, and a price.")
    blocks = (Block.GROWTH,)
    has_ticket = True


class CapitalTerms(Terms):
    stage: Annotated[list[Literal["pre-seed", "seed", "series-a", "growth"]], SomeOf, Hard]
    instrument: Annotated[list[Literal["equity", "loan", "grant"]], SomeOf, Soft]


@register
class Capital(Market):
    slug = "capital"
    label = _("Capital")
    need_example = _("Your company looks for money to grow.")
    offer_example = _("You invest or lend.")
    blocks = (Block.GROWTH,)
    terms = CapitalTerms
    term_labels = {"stage": _("Stage"), "instrument": _("Instrument")}
    choice_labels = {
        "pre-seed": _("Before the first round"),
        "seed": _("First round (seed)"),
        "series-a": _("Second round (series A)"),
        "growth": _("Growth round"),
        "equity": _("Shares"),
        "loan": _("Loan"),
        "grant": _("Grant"),
    }
    has_ticket = True
    offers_may_ask = True


class FundingConsortiumTerms(Terms):
    programme: Annotated[
        list[Literal["horizon-europe", "digital-europe", "nwo", "regional", "other"]], SomeOf, Hard
    ]
    role: Annotated[list[Literal["coordinator", "partner"]], SomeOf, Hard]


@register
class FundingConsortium(Market):
    slug = "funding-consortium"
    label = _("Funding consortium")
    need_example = _("You prepare a proposal and miss a partner in a certain role.")
    offer_example = _("You want to join a proposal in a certain role.")
    blocks = (Block.GROWTH, Block.RESEARCH)
    terms = FundingConsortiumTerms
    term_labels = {"programme": _("Programme"), "role": _("Role to be filled")}
    choice_labels = {
        "horizon-europe": _("Horizon Europe"),
        "digital-europe": _("Digital Europe"),
        "nwo": _("NWO"),
        "regional": _("Regional fund"),
        "other": _("Other"),
        "coordinator": _("Coordinator"),
        "partner": _("Partner"),
    }
    offers_may_ask = True
