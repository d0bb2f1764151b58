"""How many matches each rule stops now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Count

from katalysator.coalition.models import Organisation
from katalysator.groups.models import GroupMembership
from katalysator.introductions.models import MeetingRule
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import Match


def stopped_by(rules: Iterable[MeetingRule]) -> list[tuple[MeetingRule, int]]:
    """The rules, each with the number of open matches in which one side may not propose to the other.

    Cost: three queries at most, and one line of memory for each pair of organisations with a match.
    """
    known = list(rules)
    members = _members(
        {pk for rule in known for pk in (rule.asking_group_id, rule.asked_group_id) if pk}
    )
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
                and _stops(rule, (need, of_need), (offer, of_offer), members)
            ),
        )
        for rule in known
    ]


_MeetingParty = tuple[int, str]  # an organisation and its kind
_Members = Mapping[int, set[int]]


def _members(groups: set[int]) -> _Members:
    """The organisations that somebody is in these groups for."""
    found: dict[int, set[int]] = defaultdict(set)
    if groups:
        rows = GroupMembership.objects.members().filter(group__in=groups).order_by()
        for group, organisation in rows.values_list("group", "organisation"):
            if organisation is not None:
                found[group].add(organisation)
    return found


def _stops(rule: MeetingRule, need: _MeetingParty, offer: _MeetingParty, members: _Members) -> bool:
    return any(
        _means(rule.asking, rule.asking_group_id, one, members)
        and _means(rule.asked, rule.asked_group_id, other, members)
        for one, other in ((need, offer), (offer, need))
    )


def _means(kind: str, group: int | None, party: _MeetingParty, members: _Members) -> bool:
    organisation, its_kind = party
    return its_kind == Organisation.Kind(kind) if group is None else organisation in members[group]
