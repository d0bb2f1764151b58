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
from katalysator.rounds.models.orders import RoundCandidate, RoundOrder

__all__ = [
    "MatchingRound",
    "MeetingDay",
    "MeetingGuest",
    "MeetingTalk",
    "MeetingWish",
    "RoundCandidate",
    "RoundOrder",
    "RoundPair",
    "RoundRuling",
    "RoundShortfall",
]
