"""The course of the monitor as lines to draw: reached and placed, by the end of each month."""

from collections.abc import Sequence
from dataclasses import dataclass

from katalysator.talent.learning.monitor import CoursePoint

_WIDTH, _HEIGHT = 600, 160


@dataclass(frozen=True, slots=True)
class DrawnCourse:
    """Points of the two lines as SVG has them, how high they reach, and what is drawn, the newest first."""

    reached: str
    placed: str
    highest: int
    points: Sequence[CoursePoint]

    @property
    def is_drawn(self) -> bool:
        """Whether there are two days to draw a line between."""
        return len(self.points) > 1


def drawn(points: Sequence[CoursePoint]) -> DrawnCourse:
    """The course as two lines."""
    highest = max((point.reached for point in points), default=0)
    return DrawnCourse(
        _line(points, [point.reached for point in points], highest),
        _line(points, [point.placed for point in points], highest),
        highest,
        list(reversed(points)),
    )


def _line(points: Sequence[CoursePoint], numbers: Sequence[int], highest: int) -> str:
    if not points:
        return ""
    first, last = points[0].day, points[-1].day
    span, reach = max(1, (last - first).days), max(1, highest)
    return " ".join(
        f"{_WIDTH * (point.day - first).days / span:.0f},{_HEIGHT - _HEIGHT * number / reach:.0f}"
        for point, number in zip(points, numbers, strict=True)
    )
