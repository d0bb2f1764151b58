"""How many matches each rule stops now."""

from collections.abc import Collection, Iterable

from django.db.models import Case, Count, F, IntegerField, When

from katalysator.introductions.meeting_rules.holding import RulesHeld
from katalysator.introductions.models import MeetingRule
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import Match


def stopped_by(rules: Iterable[MeetingRule]) -> list[tuple[MeetingRule, int]]:
    """The rules, each with the number of open matches in which one side may not propose to the other.

    Cost: three queries at most, none where there are no rules; a line of memory for each market, pair of kinds, and
    pair of organisations that are in groups of the rules.
    """
    held = RulesHeld.of(rules)
    if not held.rules:
        return []
    grouped = set[int]().union(*held.members.values())
    counts = list(
        Match.objects.filter(need__state=OPEN, offer__state=OPEN)
        .order_by()
        .values_list(
            "market",
            _among("need__organisation", grouped),
            _among("offer__organisation", grouped),
            "need__organisation__kind",
            "offer__organisation__kind",
        )
        .annotate(n=Count("pk"))
    )
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


def _among(side: str, organisations: Collection[int]) -> Case:
    """The organisation of a side where it is one of these, and 0 for all others: rules tell those by their kind only."""
    return Case(
        When(**{f"{side}__in": organisations}, then=F(side)), default=0, output_field=IntegerField()
    )
