"""What records are called in the sheets that they came from, remembered by the name of the list."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final

from katalysator.importing.models import SheetKey
from katalysator.importing.plan import PlannedRow

_CHANGING: Final = re.compile(r"[\W\d_]+")
LONGEST_SOURCE: Final = 80


def source_of(file: str) -> str:
    """The name of a list: that of its file, without dates, numbers and signs, which change from month to month."""
    return _CHANGING.sub(" ", PurePath(file).stem).strip().lower()[:LONGEST_SOURCE]


def remember(model: type[SheetKey], source: str, rows: Sequence[PlannedRow]) -> None:
    """Keep what the rows are called, as of today. Cost: a query a thousand."""
    table: Any = model
    found = [
        table(source=source, key=each.row.reference[:LONGEST_SOURCE], subject=each.record)
        for each in rows
        if each.row.reference
    ]
    table._default_manager.bulk_create(
        found,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["source", "key"],
        update_fields=["subject"],
    )
