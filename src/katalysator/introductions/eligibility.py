"""Who may be asked to meet whom. What a party keeps to itself is refused in words that tell nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.rules import require_participant
from katalysator.core.actors import Actor, permits
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.introductions.meeting_rules.refusing import require_allowed
from katalysator.introductions.models import Introduction, Party
from katalysator.introductions.seen import is_veiled, with_parties
from katalysator.introductions.wishes.willing import require_willing
from katalysator.introductions.workflow import PROPOSE
from katalysator.listings.models import Kind, Listing

MOST_ASKED: Final = 10
"""So many proposals of one party may wait for an answer; what it gets from others has no most."""
MOST_PARTIES: Final = 8
REST: Final = timedelta(days=90)
"""So long who said no, or did not answer, is not asked the same again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSide:
    """Who is to come: an organisation or a person in own name, with a need or an offer or without.

    `described` is what others see in place of who it is, until all said yes.
    """

    organisation: Organisation
    person: Person | None = None
    listing: Listing | None = None
    described: str = ""

    @classmethod
    def of(cls, listing: Listing, *, described: str = "") -> "MeetingSide":
        """The owner of a need or an offer, with it."""
        return cls(
            organisation=listing.organisation,
            person=listing.person,
            listing=listing,
            described=described,
        )

    @property
    def owner(self) -> tuple[int, int | None]:
        """Names who it is: an organisation has no person."""
        return self.organisation.pk, self.person.pk if self.person else None

    def is_of(self, person: Person) -> bool:
        """Whether this person is it, or speaks for it."""
        if self.person is not None:
            return self.person.pk == person.pk
        return self.organisation.pk in person.own_organisations


def require_may_meet(sides: Sequence[MeetingSide], by: Actor) -> None:
    """Refuse who cannot meet, in words that tell whoever proposes it nothing new. Raises InvalidInput, Conflict, NotAllowed.

    Cost: six queries.
    """
    if not 1 < len(sides) <= MOST_PARTIES:
        raise InvalidInput(
            "parties", _("An introduction has two to %(most)s parties."), most=MOST_PARTIES
        )
    if len({side.organisation.pk for side in sides}) < len(sides):
        raise Conflict(
            "same-organisation",
            _("They are of the same organisation."),
            hint=_("You find each other without the coalition."),
        )
    for side in sides:
        require_participant(side.organisation)
        _require_open(side.listing)
    _require_halves([side.listing for side in sides if side.listing])
    _require_allowed(sides, by)
    _require_new(sides, by)
    require_willing(sides, by)


def require_along(side: MeetingSide, present: Sequence[Party], by: Actor) -> None:
    """Refuse whom the parties that are there cannot ask along. Raises Conflict. Cost: four queries."""
    there = [
        MeetingSide(organisation=each.organisation, person=each.person, listing=each.listing)
        for each in present
        if each.organisation is not None and not each.is_gone
    ]
    _require_allowed([*there, side], by, asked=[side])
    require_willing([side], by, there=there)


def require_proposer(by: Actor) -> None:
    """Refuse who brings nobody together: neither a participant nor the bureau. Raises NotAllowed."""
    if not permits(by, PROPOSE):
        raise NotAllowed("not-a-participant", _("Only participants and the bureau do this."))


def require_own(side: MeetingSide, by: Actor) -> None:
    """Refuse who speaks for another side than their own; the bureau writes down for others. Raises NotAllowed."""
    speaks = not isinstance(by, Person) or side.is_of(by) or by.is_coordinator
    if not (permits(by, PROPOSE) and speaks):
        raise NotAllowed("not-your-side", _("You tell this of your own organisation only."))


def require_room(asking: MeetingSide) -> None:
    """Refuse who has too many proposals that nobody answered. Raises Conflict. Cost: a query."""
    organisation, person = asking.owner
    mine = Party.objects.filter(organisation=organisation, person=person, answer=Party.Answer.YES)
    waiting = mine.filter(
        introduction__state="proposed",
        introduction__by_bureau=False,
        introduction__proposer__isnull=False,
    ).count()
    if waiting >= MOST_ASKED:
        raise Conflict(
            "too-many-proposals",
            _("%(n)s of your proposals wait for an answer: that is the most."),
            hint=_("Wait for answers, or take a proposal back."),
            n=waiting,
        )


def _require_open(listing: Listing | None) -> None:
    if listing is not None and not listing.is_open:
        raise Conflict(
            "not-open",
            _("“%(title)s” is not open any more."),
            hint=_("Choose another need or offer."),
            title=listing.title,
        )


def _require_allowed(
    sides: Sequence[MeetingSide], by: Actor, *, asked: Sequence[MeetingSide] = ()
) -> None:
    """Refuse what the bureau ruled out for who asks it; of the others only those who are `asked`, where that is said."""
    own = next((side for side in sides if isinstance(by, Person) and side.is_of(by)), None)
    if own is not None:
        others = asked or [side for side in sides if side is not own]
        markets = {side.listing.market for side in sides if side.listing}
        require_allowed(own.organisation, others, markets)


def _require_halves(listings: Sequence[Listing]) -> None:
    """Of two, one needs what the other offers, in one market; more may come together as they like."""
    if len(listings) != len(Kind):
        return
    one, other = listings
    if one.kind == other.kind or one.market != other.market:
        raise InvalidInput("no-pair", _("A match is a need and an offer of one market."))


def _require_new(sides: Sequence[MeetingSide], by: Actor) -> None:
    """Refuse what is being talked about already, and what was refused lately, as far as who proposes it knows of it."""
    for found in alike(sides):
        if isinstance(by, Person) and is_veiled(found, by):
            continue
        if found.is_open:
            raise Conflict(
                "proposed-already",
                _("These were brought together already; that is “%(state)s” now."),
                hint=_("You find it at “Introductions”."),
                state=found.state_label,
            )
        if _was_lately(found, len(sides)):
            raise Conflict(
                "asked-lately",
                _("This was proposed less than %(days)s days ago, and came to nothing."),
                hint=_("Propose it again later, or choose another match."),
                days=REST.days,
            )


def _was_lately(found: Introduction, parties: int) -> bool:
    """Whether the same, and nobody else, came to nothing not long ago by what somebody said, or did not say."""
    is_recent = found.stirred_at > timezone.now() - REST and found.state != "withdrawn"
    return is_recent and len(found.parties.all()) == parties


def alike(sides: Sequence[MeetingSide]) -> list[Introduction]:
    """Introductions of these parties about the same, with others or without, the newest first, that are open or over.

    About the same: with the same needs and offers, where a party that comes without one comes for any. Cost: two queries.
    """
    each_side = [_same(side) for side in sides]
    found = Introduction.objects.exclude(state="result")
    for same in each_side:
        found = found.filter(pk__in=Party.objects.filter(same).values("introduction"))
    return list(with_parties(found.order_by("-pk")))


def _same(side: MeetingSide) -> Q:
    organisation, person = side.owner
    who = Q(organisation=organisation, person=person)
    return who & (Q(listing=side.listing) | Q(listing=None)) if side.listing else who
