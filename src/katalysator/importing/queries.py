"""What can be asked of sheets that were given: one's own, and no others."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models

if TYPE_CHECKING:
    from katalysator.importing.models import KeptSheet  # noqa: F401 — named in the bases


class KeptSheetQuerySet(models.QuerySet["KeptSheet"]):
    """Sheets that were given, to be taken in."""

    def visible_to(self, person: AbstractBaseUser | AnonymousUser, *, since: datetime) -> Self:
        """The person's own, where it was given after `since`."""
        return self.filter(person_id=person.pk, given_at__gt=since) if person.pk else self.none()

    def expired(self, since: datetime) -> Self:
        """Those that were given before."""
        return self.filter(given_at__lte=since)
