"""The link in a mail, by which who has no account reaches what is theirs: signed, and for a while."""

from datetime import timedelta
from typing import Final

from django.core import signing
from django.db import models

from katalysator.admission.models import Application, Joining

PATIENCE: Final = timedelta(days=90)


def key_of(record: Application | Joining) -> str:
    """What stands in the link to a record."""
    return signing.dumps(record.pk, salt=_salt(type(record)))


def application_of(key: str) -> Application | None:
    """The application that a link leads to; None for a link that is not ours or too old, and where it is gone."""
    found: Application | None = Application.objects.filter(pk=_number(key, Application)).first()
    return found


def joining_of(key: str) -> Joining | None:
    """The same for an invitation, or the wish to join."""
    found: Joining | None = (
        Joining.objects.select_related("organisation").filter(pk=_number(key, Joining)).first()
    )
    return found


def _number(key: str, model: type[models.Model]) -> int:
    """The number in a link; 0, which no record has, where the link is not ours or too old."""
    try:
        return int(signing.loads(key, salt=_salt(model), max_age=PATIENCE))
    except signing.BadSignature:
        return 0


def _salt(model: type[models.Model]) -> str:
    return f"katalysator.{model._meta.label_lower}"  # a link to one is no link to another
