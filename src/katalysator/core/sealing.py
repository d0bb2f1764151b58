"""Secrets that have to be read again, kept so that a copy of the database alone opens nothing.

They are sealed with the secret key of the site. With another key they are lost, and have to be made anew.
"""

import base64
import hmac
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    _AnyField = models.Field[Any, Any]
else:
    _AnyField = models.Field


def closed(secret: str, *, about: str) -> str:
    """A secret as it is kept; what it is `about` opens no other."""
    return _seal(settings.SECRET_KEY, about).encrypt(secret.encode()).decode()


def opened(kept: str, *, about: str) -> str | None:
    """The secret as it is; None where the key of the site is another now."""
    try:
        return _seal(settings.SECRET_KEY, about).decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


class SealedJSON(_AnyField):
    """What JSON holds, kept sealed: it cannot be searched, and is None where the key of the site is another now."""

    def get_internal_type(self) -> str:
        """The column is one of text."""
        return "TextField"

    def get_prep_value(self, value: Any) -> str | None:
        """What is kept of a value."""
        return None if value is None else closed(json.dumps(value), about=self._about)

    def from_db_value(self, value: str | None, *_more: Any) -> Any:
        """The value of what is kept."""
        told = None if value is None else opened(value, about=self._about)
        return None if told is None else json.loads(told)

    def to_python(self, value: Any) -> Any:
        """Any value as it is: what is told is checked before it gets here."""
        return value

    def get_lookup(self, lookup_name: str) -> "type[models.Lookup[Any]] | None":
        """Only whether there is one can be asked: the same value is sealed otherwise each time."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    @property
    def _about(self) -> str:
        return f"{self.model._meta.db_table}.{self.name}"


@cache
def _seal(key: str, about: str) -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(
            hmac.digest(key.encode(), f"katalysator.{about}".encode(), "sha256")
        )
    )
