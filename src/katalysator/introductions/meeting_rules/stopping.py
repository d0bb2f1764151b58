"""How many matches each rule stops now."""

from collections.abc import Iterable

from django.db.models import Count

from katalysator.introductions.models import MeetingRule
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import Match


def stopped_by(rules: Iterable[MeetingRule]) -> list[tuple[MeetingRule, int]]:
    """The rules, each with the number of open matches in which one side may not propose to the other. Cost: one query."""
    open_ = Match.objects.filter(need__state=OPEN, offer__state=OPEN).order_by()
    kinds = ("market", "need__organisation__kind", "offer__organisation__kind")
    counts = list(open_.values_list(*kinds).annotate(n=Count("pk")))
    return [
        (rule, sum(n for market, *sides, n in counts if _stops(rule, market, sides)))
        for rule in rules
    ]


def _stops(rule: MeetingRule, market: str, sides: list[str]) -> bool:
    return rule.market in ("", market) and sides in (
        [rule.asking, rule.asked],
        [rule.asked, rule.asking],
    )
