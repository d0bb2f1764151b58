"""How many matches each rule stops now."""

from collections.abc import Iterable

from django.db.models import Count

from katalysator.introductions.meeting_rules.holding import RulesHeld
from katalysator.introductions.models import MeetingRule
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import Match


def stopped_by(rules: Iterable[MeetingRule]) -> list[tuple[MeetingRule, int]]:
    """The rules, each with the number of open matches in which one side may not propose to the other.

    Cost: three queries at most, and one line of memory for each pair of organisations with a match.
    """
    held = RulesHeld.of(rules)
    open_ = Match.objects.filter(need__state=OPEN, offer__state=OPEN).order_by()
    sides = ("market", "need__organisation", "offer__organisation")
    kinds = ("need__organisation__kind", "offer__organisation__kind")
    counts = list(open_.values_list(*sides, *kinds).annotate(n=Count("pk")))
    return [
        (
            rule,
            sum(
                n
                for market, need, offer, of_need, of_offer, n in counts
                if rule.market in ("", market)
                and (
                    held.means(rule, (need, of_need), (offer, of_offer))
                    or held.means(rule, (offer, of_offer), (need, of_need))
                )
            ),
        )
        for rule in held.rules
    ]
