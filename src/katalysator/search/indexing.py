"""Records are read, and keep what they are found by."""

from itertools import islice
from typing import Any, Final

import numpy as np
from django.db.models import QuerySet

from katalysator.engine.arrays import Float32Array
from katalysator.engine.text import Embedder
from katalysator.readings.texts import read_texts
from katalysator.search.models import FindablesT

_BATCH: Final = 500
_FIELDS: Final = ("reading", "meant", "signs")


def make_findable(records: QuerySet[Any], embedder: Embedder | None = None) -> int:
    """Let the engine read what is new in some `Findable` records; returns how many records there are.

    Safe to run twice. Cost: that of `read_texts`, and two queries for 500 records.
    """
    rows, count = records.order_by("pk").iterator(chunk_size=_BATCH), 0
    while batch := list(islice(rows, _BATCH)):
        profiles = [record.as_profile() for record in batch]
        readings, _new = read_texts(profiles, embedder)
        for record, profile, reading in zip(batch, profiles, readings, strict=True):
            record.reading = reading
            record.meant = list(reading.concepts)
            record.signs = signs(reading.meaning) if profile.text else None
        records.model._default_manager.bulk_update(batch, _FIELDS)
        count += len(batch)
    return count


def unread(records: FindablesT) -> FindablesT:
    """Records that were never read."""
    return records.filter(reading__isnull=True)


def signs(meaning: Float32Array) -> str:
    """The sign of each number of a meaning, (512,), as the database writes bits: 1 above 0."""
    return "".join(np.where(meaning > 0.0, "1", "0"))
