"""Small markets for rounds to choose from, with scores that are said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from katalysator.coalition.models import Organisation, Person
from katalysator.core.actors import Actor
from katalysator.listings.models import Kind, Listing
from katalysator.matches.models import Match
from katalysator.rounds.matching import verbs
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.verbs import RoundSettings
from katalysator.rounds.models import MatchingRound
from tests import builders

MARKET = "expertise"


@dataclass
class RoundTable:
    """Needs and offers by short names, each of an organisation of its own unless said otherwise."""

    needs: dict[str, Listing] = field(default_factory=dict)
    offers: dict[str, Listing] = field(default_factory=dict)

    @classmethod
    def of(cls, scores: Mapping[str, float], **owners: Organisation) -> "RoundTable":
        """``{"aX": .9}`` says that the need a and the offer X fit with that chance; `owners` says whose some are."""
        made = cls()
        for pair, score in scores.items():
            need, offer = made.need(pair[0], owners), made.offer(pair[1], owners)
            Match.objects.create(need=need, offer=offer, market=MARKET, score=score, parts={})
        return made

    def need(self, name: str, owners: Mapping[str, Organisation]) -> Listing:
        """The need of this name, made when it is first asked for."""
        if name not in self.needs:
            self.needs[name] = _listing(name, Kind.NEED, owners)
        return self.needs[name]

    def offer(self, name: str, owners: Mapping[str, Organisation]) -> Listing:
        """The offer of this name."""
        if name not in self.offers:
            self.offers[name] = _listing(name, Kind.OFFER, owners)
        return self.offers[name]

    def add_offer(self, name: str, **fields: Any) -> Listing:
        """One more offer, which fits nothing."""
        self.offers[name] = _listing(name, Kind.OFFER, {}, **fields)
        return self.offers[name]

    def pairs(self, found: MatchingRound) -> set[str]:
        """What a round chose, by these names."""
        names = {each.pk: name for name, each in (self.needs | self.offers).items()}
        rows = found.pairs.values_list("need", "offer")
        return {f"{names[need]}{names[offer]}" for need, offer in rows}

    def without(self, found: MatchingRound) -> dict[str, str]:
        """Who got nothing, and why."""
        names = {each.pk: name for name, each in (self.needs | self.offers).items()}
        rows = found.shortfalls.values_list("listing", "reason")
        return {names[listing]: reason for listing, reason in rows}


def _listing(name: str, kind: Kind, owners: Mapping[str, Organisation], **fields: Any) -> Listing:
    owner = owners.get(name) or builders.organisation(name=f"Voorbeeld {name}")
    return builders.listing(owner, kind, title=f"Vraag of aanbod {name}", **fields)


def coordinator() -> Person:
    """Somebody of the bureau."""
    return builders.person(is_coordinator=True)


def computed(by: Person, **settings: Any) -> MatchingRound:
    """A round of these settings, computed as its job does."""
    return computed_again(made(by, **settings), by)


def made(by: Actor, group: Any = None, **settings: Any) -> MatchingRound:
    """A round of these settings."""
    said: dict[str, Any] = {"name": "Najaarsronde", "market": MARKET, "least": 0} | settings
    return verbs.make(RoundSettings(**said), by=by, group=group)


def computed_again(found: MatchingRound, by: Person) -> MatchingRound:
    """The same round, computed as its job does."""
    row = verbs.compute(found, by=by)
    compute(row, row.run)
    return fresh(row)


def fresh(found: MatchingRound) -> MatchingRound:
    """It as it is in the tables."""
    return MatchingRound.objects.get(pk=found.pk)
