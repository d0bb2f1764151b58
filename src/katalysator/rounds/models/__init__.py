"""The tables of rounds."""

from katalysator.rounds.models.matching_rounds import (
    MatchingRound,
    RoundPair,
    RoundRuling,
    RoundShortfall,
)
from katalysator.rounds.models.meeting_days import (
    MeetingDay,
    MeetingGuest,
    MeetingTalk,
    MeetingWish,
)

__all__ = [
    "MatchingRound",
    "MeetingDay",
    "MeetingGuest",
    "MeetingTalk",
    "MeetingWish",
    "RoundPair",
    "RoundRuling",
    "RoundShortfall",
]
