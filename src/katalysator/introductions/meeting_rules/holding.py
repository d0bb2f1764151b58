"""Rules of the bureau, read once and asked for many pairs: of which organisations each of them is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from katalysator.groups.models import GroupMembership
from katalysator.introductions.models import MeetingRule

MeetingParty = tuple[int, str]
"""An organisation and its kind."""


@dataclass(frozen=True, slots=True)
class RulesHeld:
    """Some rules, and the organisations that somebody is in the working groups for that they name."""

    rules: Sequence[MeetingRule]
    members: Mapping[int, set[int]]

    @classmethod
    def of(cls, rules: Iterable[MeetingRule]) -> Self:
        """Read who is in the groups of these rules. Cost: one query, where any names a group."""
        known = list(rules)
        groups = {pk for rule in known for pk in (rule.asking_group_id, rule.asked_group_id) if pk}
        members: dict[int, set[int]] = defaultdict(set)
        if groups:
            rows = GroupMembership.objects.members().filter(group__in=groups).order_by()
            for group, organisation in rows.values_list("group", "organisation"):
                if organisation is not None:
                    members[group].add(organisation)
        return cls(known, members)

    def forbid(self, asking: MeetingParty, asked: MeetingParty, market: str = "") -> bool:
        """Whether one of them forbids that the first proposes to the second in a market; in all where none is named."""
        return any(
            rule.market in ("", market) and self.means(rule, asking, asked) for rule in self.rules
        )

    def means(self, rule: MeetingRule, asking: MeetingParty, asked: MeetingParty) -> bool:
        """Whether a rule is about the first proposing to the second."""
        return self._is_of(rule.asking, rule.asking_group_id, asking) and self._is_of(
            rule.asked, rule.asked_group_id, asked
        )

    def _is_of(self, kind: str, group: int | None, party: MeetingParty) -> bool:
        organisation, its_kind = party
        return its_kind == kind if group is None else organisation in self.members[group]
