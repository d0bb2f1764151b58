"""The link in a mail, by which who has no account reaches what is theirs: signed, and for a while."""

from datetime import timedelta
from typing import Any, Final, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet

PATIENCE: Final = timedelta(days=90)
"""So long a link works."""

RecordT = TypeVar("RecordT", bound=Model)


def key_of(record: Model) -> str:
    """What stands in the link to a record; a link to one kind is no link to another."""
    return signing.dumps(record.pk, salt=_salt(type(record)))


def linked(records: "QuerySet[RecordT, Any]", key: str) -> RecordT | None:
    """The one of some records that a link leads to.

    None for a link that is not ours or too old, and where the record is gone. Cost: one query.
    """
    try:
        number = int(signing.loads(key, salt=_salt(records.model), max_age=PATIENCE))
    except signing.BadSignature:
        return None
    return records.filter(pk=number).first()


def _salt(model: type[Model]) -> str:
    return f"katalysator.{model._meta.label_lower}"
