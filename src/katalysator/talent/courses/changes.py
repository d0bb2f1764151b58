"""Which change of a course can be undone: the last thing that was done with it."""

from typing import Final

from katalysator.core import audit
from katalysator.talent.models import LearningCourse

CHANGED: Final = "course.change"


def may_undo(course: LearningCourse) -> bool:
    """Whether the last thing that was done with a course is a change. Cost: a query."""
    return [verb for _at, verb in audit.newest(course, 1)] == [CHANGED]
