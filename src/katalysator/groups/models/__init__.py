"""The tables of this room: groups and who is in them, their papers, and stewards of corners."""

from katalysator.groups.models.groups import GroupMembership, WorkingGroup
from katalysator.groups.models.papers import Decision, GroupTask, Meeting
from katalysator.groups.models.stewards import Steward

__all__ = ["Decision", "GroupMembership", "GroupTask", "Meeting", "Steward", "WorkingGroup"]
