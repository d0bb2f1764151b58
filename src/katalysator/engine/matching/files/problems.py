"""What can be wrong with the files of a market, each with the sentence that says so."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import polars as pl

T = TypeVar("T")


class Fault(StrEnum):
    """Sentences with ``%(name)s`` for what differs; rows count from 1, without the header."""

    FORM = "A table is read from or written to one of these: %(kinds)s."
    UNREADABLE = "The file cannot be read (%(reason)s)."
    EMPTY = "There is nothing in the file, not even the names of columns."
    COLUMNS = "The columns %(missing)s are missing; there are: %(found)s."
    ID_TYPE = "“%(column)s” holds %(type)s; ids must be text or whole numbers."
    ID_MIXED = "“%(column)s” holds %(type)s here and %(wanted)s in %(other)s."
    ID_EMPTY = "Row %(row)s: “%(column)s” is empty or too large."
    OPINIONS = "A stable matching needs the columns %(missing)s; there are: %(found)s."
    LABELS = "There are no labels: no column but “%(column)s”."
    LABEL_TYPE = "“%(column)s” holds %(type)s; labels must be text, numbers, dates or yes and no."
    ID_TWICE = "Rows %(first)s and %(second)s both describe opening %(opening)s."
    ID_UNKNOWN = (
        "Row %(row)s: %(other)s does not have opening %(opening)s. Missing there: %(count)s."
    )
    PERSON_TWICE = "Rows %(first)s and %(second)s both describe person %(person)s."
    PERSON_UNKNOWN = (
        "Row %(row)s: %(other)s does not have person %(person)s. Missing there: %(count)s."
    )
    NUMBER_TYPE = "“%(column)s” holds %(type)s; it must hold numbers."
    NUMBER_EMPTY = "Row %(row)s: “%(column)s” is empty or not a number."
    NUMBER_BAD = "Row %(row)s: “%(column)s” is %(value)s; it must be finite and at least 0."
    SEATS_BAD = "Row %(row)s: “%(column)s” is %(value)s; it must be a whole number, at least 0."
    SEATS_LARGE = "Row %(row)s: “%(column)s” is %(value)s; that is more than can be counted."
    PAIR_TWICE = (
        "Rows %(first)s and %(second)s both pair person %(person)s with opening %(opening)s."
    )
    CHANGED = "The file was changed while it was read."


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one file."""

    path: Path
    fault: Fault
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path}: {self.fault % self.values}"


class BadFiles(ValueError):  # noqa: N818
    """Files that no market can be made of; `problems` says all that was found in one pass."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Refuse a file that cannot be read to its end, whatever its reader makes of it."""
    try:
        yield
    except pl.exceptions.NoDataError:
        raise BadFiles(Problem(path, Fault.EMPTY)) from None
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise BadFiles(Problem(path, Fault.UNREADABLE, {"reason": reason})) from None


def only_good(*found: T | Problem | None) -> list[T]:
    """What was found, or a refusal with all the problems among it. None is no problem."""
    problems = [each for each in found if isinstance(each, Problem)]
    if problems:
        raise BadFiles(*problems)
    return [each for each in found if each is not None and not isinstance(each, Problem)]
