"""The tables of this room: introductions, their parties, what they say and are to do; what organisations wish, and the bureau rules."""

from katalysator.introductions.models.introductions import Introduction
from katalysator.introductions.models.meeting_rules import OF_GROUP, KeptApart, MeetingRule
from katalysator.introductions.models.parties import Party
from katalysator.introductions.models.threads import NextStep, ThreadMessage
from katalysator.introductions.models.wishes import MeetingPause, NeverMeet

__all__ = [
    "OF_GROUP",
    "Introduction",
    "KeptApart",
    "MeetingPause",
    "MeetingRule",
    "NeverMeet",
    "NextStep",
    "Party",
    "ThreadMessage",
]
