"""What of this room a coalition can take along."""

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.rounds.models import MatchingRound, MeetingDay, RoundPair

export(
    MatchingRound,
    "matching-rounds",
    _("Rounds in which many were brought together at once, and what came of them."),
    personal=("author",),
)
export(RoundPair, "round-pairs", _("Whom each round brings together."))
export(
    MeetingDay,
    "meeting-days",
    _("One-to-one talks at activities: when and where they are, and what came of it."),
    personal=("author",),
)
