"""The tables of this room: introductions, their parties, what they say and what they are to do."""

from katalysator.introductions.models.introductions import Introduction
from katalysator.introductions.models.parties import Party
from katalysator.introductions.models.threads import NextStep, ThreadMessage

__all__ = ["Introduction", "NextStep", "Party", "ThreadMessage"]
