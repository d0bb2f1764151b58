"""The tables of this room: introductions, their parties, what they say and are to do, and what organisations wish."""

from katalysator.introductions.models.introductions import Introduction
from katalysator.introductions.models.parties import Party
from katalysator.introductions.models.threads import NextStep, ThreadMessage
from katalysator.introductions.models.wishes import MeetingPause, NeverMeet

__all__ = ["Introduction", "MeetingPause", "NeverMeet", "NextStep", "Party", "ThreadMessage"]
