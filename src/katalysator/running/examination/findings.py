"""What a check looks at, and what it may find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from katalysator.faults import KatalysatorError


class Problem(KatalysatorError):  # noqa: N818
    """Something is wrong: what, and how to mend it."""


class Advice(Problem):
    """Something that works, and could be safer."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at.

    Attributes
    ----------
    name
        For programs.
    title
        For people: an English text, marked for the translators.
    look
        Gives the problems, none where all is well.
    needs
        The name of the check without which this one cannot look.

    """

    name: str
    title: str
    look: Callable[[], Iterable[KatalysatorError]]
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found; `problems` is None where it could not look."""

    check: Check
    problems: tuple[KatalysatorError, ...] | None

    @property
    def state(self) -> str:
        """In one word: unseen, well, advice or wrong."""
        if self.problems is None:
            return "unseen"
        if not self.problems:
            return "well"
        return "advice" if all(isinstance(each, Advice) for each in self.problems) else "wrong"
