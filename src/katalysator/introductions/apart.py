"""What stands between the sides of a match, for who looks at it: own lists, rules of the bureau, and whom it keeps apart.

It is at hand until one of these changes: a button that would be refused is no button. What the other side wishes, and
for participants whom the bureau keeps apart, is not looked at: nobody learns of it by a button.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.core.changes import states
from katalysator.core.kept import renewed
from katalysator.introductions.meeting_rules.holding import RulesHeld
from katalysator.introductions.models import KeptApart, MeetingRule, NeverMeet
from katalysator.listings.models import Listing

_APART: Final = "apart"  # the subject of writes to what stands between organisations
_LINE: Final = 150  # bytes of what is read, a line


@dataclass(frozen=True, slots=True)
class _Ruled:
    """Rules of the bureau; where there are any, with the kinds of all organisations, by number."""

    rules: RulesHeld
    kinds: Mapping[int, str]

    @property
    def size(self) -> int:
        members = sum(map(len, self.rules.members.values()))
        return _LINE * (len(self.rules.rules) + len(self.kinds) + members)

    def forbid(self, asking: int, asked: int, market: str) -> bool:
        """Whether an organisation does not propose to another in a market."""
        one, two = ((each, self.kinds.get(each, "")) for each in (asking, asked))
        return self.rules.forbid(one, two, market)


@dataclass(frozen=True, slots=True)
class Apart:
    """What one person may know of what stands between others."""

    person: Person
    never: frozenset[tuple[int, int]]
    kept: frozenset[frozenset[int]]
    ruled: _Ruled

    def is_avoided(self, listing: Listing, other: Listing) -> bool:
        """Whether this person's side never meets the other; who comes in own name decides alone."""
        return any(
            one.is_of(self.person)
            and one.person_id is None
            and (one.organisation_id, two.organisation_id) in self.never
            for one, two in ((listing, other), (other, listing))
        )

    def is_ruled_out(self, asking: Listing, asked: Listing) -> bool:
        """Whether a rule of the bureau forbids that the owner of one proposes to that of the other."""
        return self.ruled.forbid(asking.organisation_id, asked.organisation_id, asking.market)

    def is_avoided_by_all(self, asked: Listing) -> bool:
        """Whether none of this person's organisations ever meets the owner."""
        own = self.person.own_organisations
        return bool(own) and all((each, asked.organisation_id) in self.never for each in own)

    def is_ruled_out_for_all(self, asked: Listing) -> bool:
        """Whether a rule forbids it for each of this person's organisations that would meet the owner."""
        owner, market = asked.organisation_id, asked.market
        return all(
            (each, owner) in self.never or self.ruled.forbid(each, owner, market)
            for each in self.person.own_organisations
        )

    def is_kept(self, listing: Listing, other: Listing) -> bool:
        """Whether the bureau keeps the owners apart; told to the bureau alone."""
        return frozenset((listing.organisation_id, other.organisation_id)) in self.kept


def apart(person: Person) -> Apart:
    """What stands between the sides of matches. Cost: none while nothing of it changes; else four queries at most."""
    state, own = states().of(_APART), sorted(person.own_organisations)
    today = timezone.localdate()

    def never(_before: object) -> frozenset[tuple[int, int]]:
        return NeverMeet.objects.of(own).pairs()

    def kept(_before: object) -> frozenset[frozenset[int]]:
        return KeptApart.objects.visible_to(person).now().pairs()

    return Apart(
        person,
        renewed("never meet", tuple(own), state, never, _size) if own else frozenset(),
        renewed("kept apart", person.is_coordinator, (state, today), kept, _size),
        renewed("meeting rules", "", state, lambda _before: _ruled(), lambda found: found.size),
    )


def _size(pairs: frozenset[object]) -> int:
    return _LINE * len(pairs)


def _ruled() -> _Ruled:
    rules = RulesHeld.of(MeetingRule.objects.order_by())
    kinds = dict(Organisation.objects.values_list("pk", "kind")) if rules.rules else {}
    return _Ruled(rules, kinds)
