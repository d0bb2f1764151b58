"""Which needs and offers are not to be proposed to each other now: read once, asked for many pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Self

from django.db.models import Q
from django.utils import timezone

from katalysator.introductions.eligibility import REST
from katalysator.introductions.models import Introduction, MeetingPause, Party
from katalysator.introductions.organisations_apart import OrganisationsApart
from katalysator.introductions.wishes.willing import MOST_TO_ANSWER
from katalysator.introductions.workflow import OPEN

OwnerKey = tuple[int, int | None]
"""The numbers of an organisation and, of who posts in own name, of the person."""
OwnedListing = tuple[OwnerKey, int]
"""Whose a listing is, and its number."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """What `verbs.propose` would refuse a part of the house: it has the last word.

    `met` holds pairs of parties that talk, or lately came to nothing, each with the number of its listing or None for any.
    """

    met: frozenset[frozenset[tuple[OwnerKey, int | None]]]
    apart: OrganisationsApart
    pausing: frozenset[int]
    full: frozenset[OwnerKey]

    @classmethod
    def read(cls) -> Self:
        """What holds now. Cost: five queries, and a row of each party of introductions that are open or lately were."""
        waiting = Party.objects.filter(answer="", introduction__state__in=OPEN)
        counts = Counter[OwnerKey](waiting.values_list("organisation", "person"))
        return cls(
            met=_met(),
            apart=OrganisationsApart.read(),
            pausing=frozenset(MeetingPause.objects.now().values_list("organisation", flat=True)),
            full=frozenset(who for who, n in counts.items() if n >= MOST_TO_ANSWER),
        )

    def refuses(self, one: OwnedListing, other: OwnedListing) -> bool:
        """Whether these two are not to be proposed to each other."""
        return any(self._takes_none(owner) for owner, _ in (one, other)) or (
            self._keeps_apart(one[0], other[0]) or self._has_met(one, other)
        )

    def _takes_none(self, owner: OwnerKey) -> bool:
        organisation, person = owner
        return owner in self.full or (person is None and organisation in self.pausing)

    def _keeps_apart(self, one: OwnerKey, other: OwnerKey) -> bool:
        return self.apart.are_kept(one[0], other[0]) or any(
            mine[1] is None and self.apart.avoids(mine[0], theirs[0])
            for mine, theirs in ((one, other), (other, one))
        )

    def _has_met(self, one: OwnedListing, other: OwnedListing) -> bool:
        (mine, need), (theirs, offer) = one, other
        return any(
            frozenset(((mine, n), (theirs, o))) in self.met
            for n in (need, None)
            for o in (offer, None)
        )


def _met() -> frozenset[frozenset[tuple[OwnerKey, int | None]]]:
    """The pairs of parties of introductions that are open, or of two who lately said no or did not answer."""
    lately = Q(stirred_at__gt=timezone.now() - REST) & ~Q(state__in=("withdrawn", "result"))
    found = Introduction.objects.filter(Q(state__in=OPEN) | lately)
    parties: dict[tuple[int, bool], list[tuple[OwnerKey, int | None]]] = defaultdict(list)
    rows = Party.objects.filter(introduction__in=found.values("pk"), organisation__isnull=False)
    told = rows.values_list(
        "introduction", "introduction__state", "organisation", "person", "listing"
    )
    for introduction, state, organisation, person, listing in told:
        parties[introduction, state in OPEN].append(((organisation, person), listing))
    return frozenset(_pairs(parties.items()))


def _pairs(
    parties: Iterable[tuple[tuple[int, bool], list[tuple[OwnerKey, int | None]]]],
) -> Iterable[frozenset[tuple[OwnerKey, int | None]]]:
    for (_introduction, is_open), present in parties:
        if is_open or len(present) == len(("one", "other")):
            yield from map(frozenset, combinations(present, 2))
