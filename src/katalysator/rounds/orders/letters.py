"""Letters of rounds by own order: both sides are asked, and who gets no proposal hears so."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from katalysator.coalition.models import Membership, Person
from katalysator.faults import gettext_noop as _
from katalysator.listings.models import Listing
from katalysator.notices import writing as notices
from katalysator.notices.kinds import letter_kind
from katalysator.rounds.models import MatchingRound, RoundCandidate, RoundOrder, RoundPair

ORDERS: Final = letter_kind("round-orders", _("Rounds in which I say whom I would rather meet"))
_FOLDER: Final = "rounds/letters/"


def unheard(found: MatchingRound) -> set[int]:
    """The needs and offers of a round of which nobody said an order. Cost: two queries."""
    said = RoundOrder.objects.filter(round=found).values_list("listing", flat=True)
    return _in_it(found) - set(said)


def without_proposal(found: MatchingRound) -> set[int]:
    """The needs and offers that could be put in order, and of which no proposal came. Cost: two queries."""
    pairs = RoundPair.objects.filter(round=found, refused="").values_list("need", "offer")
    return _in_it(found) - {number for pair in pairs for number in pair}


def people_of(listings: Collection[int]) -> dict[int, list[int]]:
    """Who gets letters about needs and offers, by the number of the person: those of each. Cost: two queries.

    Of an organisation's those who manage it, else all who speak for it.
    """
    rows = Listing.objects.filter(pk__in=listings, person=None).values_list("pk", "organisation")
    of_organisation: dict[int, list[int]] = defaultdict(list)
    for number, organisation in rows:
        of_organisation[organisation].append(number)
    own = Listing.objects.filter(pk__in=listings, person__is_active=True)
    found: dict[int, list[int]] = defaultdict(list)
    for number, person in own.values_list("pk", "person"):
        found[person].append(number)
    speakers = Membership.objects.filter(organisation__in=of_organisation, person__is_active=True)
    told: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for organisation, person, role in speakers.values_list("organisation", "person", "role"):
        told[organisation][role].append(person)
    for organisation, by_role in told.items():
        managing = by_role.get(Membership.Role.MANAGER)
        for person in managing or [each for people in by_role.values() for each in people]:
            found[person] += of_organisation[organisation]
    return dict(found)


def write_to(found: MatchingRound, person: Person, listings: Collection[int], about: str) -> None:
    """Write to somebody about their needs and offers in a round: `asked`, or `nothing` came of it."""
    rows = list(Listing.objects.filter(pk__in=listings).order_by("pk"))
    heard = RoundOrder.objects.filter(round=found, listing__in=rows).exists()
    if rows:
        notices.write(
            ORDERS,
            person,
            f"{_FOLDER}orders-{about}.txt",
            page=("own-orders",),
            round=found,
            listings=rows,
            heard=heard,
        )


def _in_it(found: MatchingRound) -> set[int]:
    pairs = RoundCandidate.objects.filter(round=found).values_list("need", "offer")
    return {number for pair in pairs for number in pair}
