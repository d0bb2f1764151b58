"""What can be asked about tokens: each person sees their own, and nobody else does."""

from hashlib import sha256
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from katalysator.coalition.models import Person

if TYPE_CHECKING:
    from katalysator.tokens.models import Token


class TokenQuerySet(models.QuerySet["Token"]):
    """Tokens."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """One's own."""
        return self.filter(person_id=person.pk or 0)

    def of_secret(self, secret: str) -> "Token | None":
        """The token of a secret, with its person, while both are good; None for any other. Cost: one query."""
        known = self.select_related("person").filter(digest=digest(secret))
        return known.filter(ends_on__gte=timezone.localdate(), person__is_active=True).first()


def digest(secret: str) -> bytes:
    """What is kept of a secret. It is long and random, so that no salt is needed."""
    return sha256(secret.encode(errors="surrogateescape")).digest()
