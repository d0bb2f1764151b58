"""Some columns of many records, written at once."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

import pgbulk
from django.db import models

_AT_ONCE: Final = 1_000


def write_columns(records: Iterable[models.Model], fields: Sequence[str]) -> None:
    """Write these fields of records of one kind as they are now; records that are gone stay gone.

    Cost: one statement for a thousand records; `bulk_update` of Django makes an
    expression of every value, and takes some twenty times as long.
    """
    rows = iter(records)
    while batch := list(islice(rows, _AT_ONCE)):
        pgbulk.update(type(batch[0])._default_manager.all(), batch, list(fields))
