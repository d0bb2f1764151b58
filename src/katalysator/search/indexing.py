"""Records are read, and keep what they are found by."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from katalysator.core.columns import write_columns
from katalysator.engine.arrays import Float32Array
from katalysator.engine.concepts import Thesaurus
from katalysator.engine.matching import concepts_of
from katalysator.engine.text import Embedder
from katalysator.readings.models import Reading
from katalysator.readings.texts import digest, known_readings, read_texts
from katalysator.search.models import READ, FindablesT

AT_ONCE: Final = 500
"""Records that are read before other short jobs may go first."""
_BATCH: Final = 500


def make_findable(records: QuerySet[Any], embedder: Embedder | None = None) -> int:
    """Let the engine read what is new in some `Findable` records; returns how many records there are.

    Safe to run twice. Cost: that of `read_texts`, and two queries for 500 records.
    """
    count = 0
    for batch in batches(records):
        profiles = [record.as_profile() for record in batch]
        readings, _new = read_texts(profiles, embedder)
        for record, profile, reading in zip(batch, profiles, readings, strict=True):
            record.reading = reading
            record.meant = list(reading.concepts)
            record.signs = signs(reading.meaning) if profile.text else None
        write_columns(batch, READ)
        count += len(batch)
    return count


@transaction.atomic
def read_unread(records: QuerySet[Any]) -> bool:
    """Read the first `AT_ONCE` of some records that were never read, or not since they changed; whether there may be more.

    They stay locked till then: what is said meanwhile comes after it, and is read after it.
    """
    return make_findable(some_unread(records).select_for_update()) == AT_ONCE


def batches(records: QuerySet[Any]) -> Iterator[list[Any]]:
    """All records by their keys, a few hundred at a time."""
    rows = records.order_by("pk").iterator(chunk_size=_BATCH)
    while batch := list(islice(rows, _BATCH)):
        yield batch


def read_concepts_again(batch: Sequence[Any], thesaurus: Thesaurus) -> list[Any]:
    """Find the concepts of `Findable` records by another thesaurus; returns those that mean others now.

    What was not read yet is left to whoever reads it. Safe to run twice. Cost: 1 ms a record, and
    three queries.
    """
    profiles = [record.as_profile() for record in batch]
    names = [digest(profile) for profile in profiles]
    known = known_readings(names, "digest", "concepts")
    found = thesaurus.kept(concepts_of(profiles, thesaurus))
    changed = {
        name: known[name]
        for name, concepts in zip(names, found, strict=True)
        if name in known and known[name].concepts != concepts
    }
    for name, concepts in zip(names, found, strict=True):
        if name in known:
            known[name].concepts = concepts
    write_columns(changed.values(), ["concepts"])
    stale = [row for row, name in zip(batch, names, strict=True) if _takes(row, known.get(name))]
    write_columns(stale, ["meant"])
    told = {record.pk for record in stale}
    return [
        row for row, name in zip(batch, names, strict=True) if name in changed or row.pk in told
    ]


def _takes(record: Any, reading: Reading | None) -> bool:
    """Let a record mean what its reading says now; whether that is new."""
    if reading is None or record.reading_id != reading.pk:
        return False
    before, record.meant = record.meant, list(reading.concepts)
    return bool(before != record.meant)


def unread(records: FindablesT) -> FindablesT:
    """Records that were never read."""
    return records.filter(reading__isnull=True)


def some_unread(records: FindablesT) -> FindablesT:
    """The first `AT_ONCE` of them."""
    return records.filter(pk__in=unread(records).order_by("pk").values("pk")[:AT_ONCE])


def signs(meaning: Float32Array) -> str:
    """The sign of each number of a meaning, (512,), as the database writes bits: 1 above 0."""
    return "".join(np.where(meaning > 0.0, "1", "0"))
