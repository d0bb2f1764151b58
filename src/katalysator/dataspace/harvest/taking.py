"""What was read of a source takes the place of what was known of it: what is new, what changed, and what is gone."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from katalysator.dataspace.harvest.found import ReadDataset
from katalysator.dataspace.models import FoundDataset, HarvestSource

REMEMBERED: Final = timedelta(days=90)
"""So long it is known that something is gone, for when it comes back."""
_AT_ONCE: Final = 500
_FIELDS: Final = [*ReadDataset.__dataclass_fields__]


@transaction.atomic
def take_in(
    source: HarvestSource, found: Mapping[str, ReadDataset], now: datetime
) -> dict[str, int]:
    """Keep what was read, whole; how many were new, changed, gone and the same. Cost: a query for five hundred."""
    known = {each.key: each for each in source.found.all()}
    new, changed = [], []
    for key, record in found.items():
        row = known.get(key)
        if row is None:
            new.append(FoundDataset(source=source, found_at=now, **_facts(record, now)))
        elif row.digest != record.digest or row.gone_at is not None:
            for name, said in _facts(record, now).items():
                setattr(row, name, said)
            row.gone_at = None
            changed.append(row)
    FoundDataset.objects.bulk_create(new, batch_size=_AT_ONCE)
    fields = [*_FIELDS, "digest", "changed_at", "gone_at"]
    FoundDataset.objects.bulk_update(changed, fields, batch_size=_AT_ONCE)
    missing = [row.pk for key, row in known.items() if key not in found and row.gone_at is None]
    source.found.filter(pk__in=missing).update(gone_at=now)
    source.found.filter(gone_at__lt=now - REMEMBERED).delete()
    same = len(found) - len(new) - len(changed)
    return {"new": len(new), "changed": len(changed), "gone": len(missing), "same": same}


def _facts(record: ReadDataset, now: datetime) -> dict[str, object]:
    return {**asdict(record), "digest": record.digest, "changed_at": now}
