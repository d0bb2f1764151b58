"""Introductions to test with: two parties, who said yes or are still asked."""

from dataclasses import dataclass
from typing import Any

from katalysator.coalition.models import Organisation, Person
from katalysator.introductions import verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction, Party
from katalysator.listings.models import Kind, Listing
from tests import builders


@dataclass
class Pair:
    """A need and an offer of two organisations, and somebody of each."""

    need: Listing
    offer: Listing
    asker: Person
    giver: Person

    @classmethod
    def new(cls, **fields: Any) -> "Pair":
        needing = builders.presented(name="Voorbeeldzoeker")
        giving = builders.presented(name="Voorbeeldgever")
        return cls(
            need=builders.listing(needing, Kind.NEED, **fields),
            offer=builders.listing(giving, Kind.OFFER, **fields),
            asker=builders.person(needing),
            giver=builders.person(giving),
        )

    def proposed(self, **said: Any) -> Introduction:
        """The asker asks to meet."""
        return verbs.propose(self.sides(), by=self.asker, **said)

    def introduced(self) -> Introduction:
        """Both said yes."""
        return verbs.accept(self.of(self.proposed(), self.giver), by=self.giver)

    def sides(self, *, described: str = "") -> list[MeetingSide]:
        return [MeetingSide.of(self.need, described=described), MeetingSide.of(self.offer)]

    @staticmethod
    def of(introduction: Introduction, person: Person) -> Party:
        """The party of this person."""
        found: Party = introduction.parties.spoken_for_by(person).get()
        return found


def fresh(introduction: Introduction) -> Introduction:
    """It as it is in the tables."""
    return Introduction.objects.get(pk=introduction.pk)


def third() -> tuple[Organisation, Person]:
    """One more organisation, and somebody of it."""
    made = builders.presented(name="Voorbeeldderde")
    return made, builders.person(made)
