"""Records are read, and keep what they are found by."""

from collections.abc import Sequence
from typing import Final, TypeVar

import numpy as np

from katalysator.engine.arrays import Float32Array
from katalysator.engine.text import Embedder
from katalysator.readings.texts import read_texts
from katalysator.search.models import Findable

_BATCH: Final = 500
_FIELDS: Final = ("reading", "meant", "signs")

FindableT = TypeVar("FindableT", bound=Findable)


def make_findable(records: Sequence[FindableT], embedder: Embedder | None = None) -> int:
    """Let the engine read what is new in some records of one kind; returns how many texts that were.

    Safe to run twice. Cost: that of `read_texts`, and one query for 500 records.
    """
    if not records:
        return 0
    readings, new = read_texts([record.as_profile() for record in records], embedder)
    for record, reading in zip(records, readings, strict=True):
        record.reading = reading
        record.meant = list(reading.concepts)
        record.signs = signs(reading.meaning)
    type(records[0])._default_manager.bulk_update(records, _FIELDS, batch_size=_BATCH)
    return new


def signs(meaning: Float32Array) -> str:
    """The sign of each number of a meaning, (512,), as the database writes bits: 1 above 0."""
    return "".join(np.where(meaning > 0.0, "1", "0"))
