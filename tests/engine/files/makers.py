"""Files of small markets, and the same markets made by hand."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from katalysator.engine.matching import write_table
from katalysator.faults import InvalidInput, Refused

Columns = Mapping[str, Any]


def save(path: Path, columns: Columns) -> Path:
    """Write the columns in the form that the name asks for."""
    write_table(pl.DataFrame(columns), path)
    return path


def problems(read: Callable[[], object]) -> list[InvalidInput]:
    """What a reading is refused for."""
    with pytest.raises(Refused) as refused:
        read()
    return list(refused.value.problems)


def told(read: Callable[[], object]) -> list[str]:
    """The same in words, without the folder."""
    return [
        f"{each.place.removeprefix(str(Path(str(each.where[0])).parent) + os.sep)}: {each.message % each.parameters}"
        for each in problems(read)
    ]
