"""What people do in a round by own order: they say whom they would rather meet. A verb is one transaction with its event."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from katalysator.coalition.acting import person_of
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.listings.models import Listing
from katalysator.rounds.models import MatchingRound, RoundCandidate, RoundOrder
from katalysator.rounds.workflow import SAY_ORDER


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOrder:
    """The numbers of the others that one side would meet, the dearest first, and of those that it would not; see `RoundOrder`."""

    order: Sequence[int] = ()
    refused: Sequence[int] = ()
    rest_by_score: bool = False


@transaction.atomic
def say(found: MatchingRound, listing: Listing, said: SaidOrder, *, by: Actor) -> RoundOrder:
    """Say in which order a need or an offer would meet others. What is said again takes the place of what was.

    The trail holds that it was said, and nothing of what. Raises InvalidInput at its field, Conflict, NotAllowed.
    """
    row = rows.locked(found, _("This round is not here any more."))
    kept = RoundOrder.objects.filter(round=row, listing=listing).first()
    order = kept or RoundOrder(round=row, listing=listing)
    if not permits(by, SAY_ORDER, order):
        raise NotAllowed("not-your-listing", _("Only whose need or offer it is says this."))
    if row.state != "ordering":
        raise Conflict(
            "not-asked",
            _("This round asks for no order now."),
            hint=_("It may be over: look at your introductions."),
        )
    _require_sound(said, RoundCandidate.objects.others_of(row, listing))
    order.order, order.refused = list(said.order), sorted(said.refused)
    order.rest_by_score = said.rest_by_score
    order.said_by, order.said_at = person_of(by), timezone.now()
    order.save()
    audit.record("round-order.say", order, by=by, after={"round": row.pk, "listing": listing.pk})
    return order


def _require_sound(said: SaidOrder, known: set[int]) -> None:
    """Refuse who is named twice, or is none of the candidates. Raises InvalidInput."""
    named = [*said.order, *said.refused]
    if not known:
        raise Conflict("nobody-to-order", _("There is nobody to put in order here."))
    for field, numbers in (("order", said.order), ("refused", said.refused)):
        for number in numbers:
            if number not in known:
                raise InvalidInput(
                    "no-candidate",
                    _("%(number)s is none of those that could be met here."),
                    number=str(number),
                ).at(field)
            if named.count(number) > 1:
                raise InvalidInput(
                    "named-twice", _("%(number)s is named twice."), number=str(number)
                ).at(field)
