"""What all deeds on a matching round share: its row is taken, who does it is asked, and the trail gets a line."""

from typing import Any

from katalysator.core import rows
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.rounds.models import MatchingRound
from katalysator.rounds.rows import stepped
from katalysator.rounds.workflow import HOLD, MATCHING_ROUND


def taken(found: MatchingRound, by: Actor) -> MatchingRound:
    """The row as it is now, kept from others, for who may do this with it.

    Raises NotAllowed, and Conflict where it is not there any more.
    """
    row = rows.locked(found, _("This round is not here any more."))
    if not permits(by, HOLD, row):
        raise NotAllowed("not-your-round", _("This round is not yours to decide on."))
    return row


def moved(row: MatchingRound, deed: str, *, by: Actor, **then: Any) -> MatchingRound:
    """Take a round that is locked to its next state; `then` is what else changes. Raises Conflict."""
    return stepped(MATCHING_ROUND, row, deed, by, then)
