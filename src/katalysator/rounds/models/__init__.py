"""The tables of rounds."""

from katalysator.rounds.models.matching_rounds import (
    MatchingRound,
    RoundPair,
    RoundRuling,
    RoundShortfall,
)

__all__ = ["MatchingRound", "RoundPair", "RoundRuling", "RoundShortfall"]
