"""What a schedule of talks is made of, as the engine takes it, and why somebody gets few or none."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from katalysator.coalition.models import Membership
from katalysator.engine.scheduling import Day
from katalysator.introductions.meeting_rules.holding import MeetingParty, RulesHeld
from katalysator.introductions.models import MeetingRule
from katalysator.introductions.organisations_apart import OrganisationsApart
from katalysator.rounds.models import MeetingDay, MeetingTalk, MeetingWish

WANTED: Final = 1.0
AGREED: Final = 3.0
"""What a talk is worth that one of both asked for, and one to which both said yes."""

TwoPeople = tuple[int, int]
"""Two people by their numbers, the lower first."""


@dataclass(frozen=True, slots=True)
class TalkCandidates:
    """Who takes part, which talks are wanted, and which stand already.

    `worth` holds the talks that may be; `asked` counts what was wanted of each person, also what may not be. `held` are
    talks that are published, with their slot and table.
    """

    day: MeetingDay
    people: dict[int, tuple[frozenset[int], int | None]]
    """The slots in which each is away, and the most talks; in the order in which they came."""
    worth: dict[TwoPeople, float]
    held: dict[TwoPeople, tuple[int, int]]
    asked: Counter[int]

    @classmethod
    def of(cls, day: MeetingDay) -> Self:
        """Read what holds now. Cost: eight queries at most."""
        guests = day.guests.present().order_by("pk").values_list("person", "away", "most")
        people = {person: (frozenset(away), most) for person, away, most in guests}
        talks = list(MeetingTalk.objects.filter(day=day, is_out=True))
        over = {pair_of(each.one_id, each.other_id) for each in talks if each.off_at}
        held = {
            pair_of(each.one_id, each.other_id): (each.slot, each.table)
            for each in talks
            if not each.off_at and each.one_id in people and each.other_id in people
        }
        wishes = list(MeetingWish.objects.filter(day=day, person__in=people, other__in=people))
        apart = _Apart.read(people)
        said = {(each.person_id, each.other_id) for each in wishes}
        worth: dict[TwoPeople, float] = {}
        for each in wishes:
            pair = pair_of(each.person_id, each.other_id)
            if apart.keeps(each.person_id, each.other_id) or pair in over or each.answer == "no":
                continue
            agreed = each.answer == "yes" or (each.other_id, each.person_id) in said
            if agreed or not day.only_agreed:
                worth[pair] = AGREED if agreed else WANTED
        refused = {pair_of(each.person_id, each.other_id) for each in wishes if each.answer == "no"}
        worth = {pair: value for pair, value in worth.items() if pair not in refused}
        asked = Counter(person for each in wishes for person in (each.person_id, each.other_id))
        return cls(day, people, worth | dict.fromkeys(held, AGREED), held, asked)

    def for_engine(self) -> Day:
        """The same in numbers."""
        place = {person: number for number, person in enumerate(self.people)}
        pairs = list(self.worth)
        slots = self.day.slots
        present = np.ones((len(place), slots), np.bool_)
        most = np.full(len(place), self.day.most or slots)
        for person, (away, own) in self.people.items():
            present[place[person], [each for each in away if each < slots]] = False
            most[place[person]] = min(most[place[person]], own or slots)
        for pair, (slot, _table) in self.held.items():
            present[[place[each] for each in pair], slot] = True
        standing = Counter(place[each] for pair in self.held for each in pair)
        for number, talks in standing.items():
            most[number] = max(most[number], talks)
        return Day.of(
            [(place[one], place[other]) for one, other in pairs],
            [self.worth[pair] for pair in pairs],
            present=present,
            tables=self.day.tables,
            room=self.day.room_of_each,
            most=most,
            held=[(pairs.index(pair), *where) for pair, where in self.held.items()],
        )

    def may_hold(self, talk: MeetingTalk) -> bool:
        """Whether a talk may be: wanted, and both are there at its time."""
        pair = pair_of(talk.one_id, talk.other_id)
        return pair in self.worth and all(talk.slot not in self.people[each][0] for each in pair)

    def possible_with(self) -> dict[int, set[int]]:
        """With whom each may talk at all."""
        found: dict[int, set[int]] = defaultdict(set)
        for one, other in self.worth:
            found[one].add(other)
            found[other].add(one)
        return found

    def share_a_time(self, one: int, other: int) -> bool:
        """Whether two are there at the same time."""
        return len(self.people[one][0] | self.people[other][0]) < self.day.slots


@dataclass(frozen=True, slots=True)
class _Apart:
    """Which organisations do not meet, and which do not ask which, by what each person speaks for."""

    speaks: dict[int, list[MeetingParty]]
    organisations: OrganisationsApart
    rules: RulesHeld

    @classmethod
    def read(cls, people: dict[int, tuple[frozenset[int], int | None]]) -> Self:
        """What holds now. Cost: five queries at most."""
        speaks: dict[int, list[MeetingParty]] = defaultdict(list)
        rows = Membership.objects.filter(person__in=people)
        for person, organisation, kind in rows.values_list(
            "person", "organisation", "organisation__kind"
        ):
            speaks[person].append((organisation, kind))
        rules = RulesHeld.of(MeetingRule.objects.filter(market=""))
        return cls(speaks, OrganisationsApart.read(), rules)

    def keeps(self, asking: int, asked: int) -> bool:
        """Whether the wish of one to meet another is not to be met."""
        return any(
            mine[0] == theirs[0]
            or self.organisations.are_kept(mine[0], theirs[0])
            or self.organisations.avoids(mine[0], theirs[0])
            or self.organisations.avoids(theirs[0], mine[0])
            or self.rules.forbid(mine, theirs)
            for mine in self.speaks.get(asking, ())
            for theirs in self.speaks.get(asked, ())
        )


def pair_of(one: int, other: int) -> TwoPeople:
    """Two people, the lower number first."""
    return (one, other) if one < other else (other, one)
