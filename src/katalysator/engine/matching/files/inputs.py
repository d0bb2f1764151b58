"""All files of a market opened together, so that what is wrong with each is told at once."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from katalysator.engine.matching.files.groups import LabelsFile
from katalysator.engine.matching.files.openings import CAPACITY, PRICE, OpeningsFile
from katalysator.engine.matching.files.pairs import PairsFile
from katalysator.engine.matching.files.problems import only_good
from katalysator.faults import InvalidInput, Refused

T = TypeVar("T")


def open_files(
    pairs: Path,
    openings: Path | None = None,
    prices: Path | None = None,
    groups: Path | None = None,
    *,
    opinions: bool = False,
) -> tuple[PairsFile, OpeningsFile | None]:
    """Look at the columns of every file, and refuse them with the problems of all.

    Returns
    -------
    tuple
        The pairs, and the openings where there is a file of them.

    """
    market = _tried(lambda: PairsFile.open(pairs, opinions=opinions))
    seats = _tried(lambda: OpeningsFile.open(openings, CAPACITY)) if openings else []
    earlier = _tried(lambda: OpeningsFile.open(prices, PRICE)) if prices else []
    labels = _tried(lambda: LabelsFile.open(groups)) if groups else []
    only_good(*market, *seats, *earlier, *labels)
    (file,) = only_good(*market)
    return file, next(iter(only_good(*seats)), None)


def _tried(opening: Callable[[], T]) -> list[T | InvalidInput]:
    try:
        return [opening()]
    except Refused as error:
        return list(error.problems)
