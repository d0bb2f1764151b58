"""Markets of growth: a challenge with a budget, capital, and partners for a subsidy."""

from katalysator.coalition.blocks import Block
from katalysator.core.language import lazy as _
from katalysator.core.terms import Amount, Range, Several
from katalysator.listings.market import Market, register


def _ticket() -> Range:
    """An amount that both sides name a range of."""
    ends = _("From (euro)"), _("Up to (euro)")
    return Range(_("Amount"), Amount(""), ends=ends, hard=True)


@register
class Challenge(Market):
    slug = "challenge"
    label = _("Challenge")
    need_example = _("You have a problem, and a budget for who solves it.")
    offer_example = _("You have a solution, and a price.")
    blocks = (Block.GROWTH,)
    ticket = _ticket()


@register
class Capital(Market):
    slug = "capital"
    label = _("Capital")
    need_example = _("Your company looks for money to grow.")
    offer_example = _("You invest or lend.")
    blocks = (Block.GROWTH,)
    offers_may_ask = True
    stage = Several(
        _("Stage"),
        {
            "pre-seed": _("Before the first round"),
            "seed": _("First round (seed)"),
            "series-a": _("Second round (series A)"),
            "growth": _("Growth round"),
        },
        hard=True,
    )
    instrument = Several(
        _("Instrument"), {"equity": _("Shares"), "loan": _("Loan"), "grant": _("Grant")}
    )
    ticket = _ticket()


@register
class FundingConsortium(Market):
    slug = "funding-consortium"
    label = _("Funding consortium")
    need_example = _("You prepare a proposal and miss a partner in a certain role.")
    offer_example = _("You want to join a proposal in a certain role.")
    blocks = (Block.GROWTH, Block.RESEARCH)
    offers_may_ask = True
    programme = Several(
        _("Programme"),
        {
            "horizon-europe": _("Horizon Europe"),
            "digital-europe": _("Digital Europe"),
            "nwo": _("NWO"),
            "regional": _("Regional fund"),
            "other": _("Other"),
        },
        hard=True,
    )
    role = Several(
        _("Role to be filled"),
        {"coordinator": _("Coordinator"), "partner": _("Partner")},
        hard=True,
    )
