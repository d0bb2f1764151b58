"""Secrets that have to be read again, kept so that a copy of the database alone opens nothing.

They are sealed with the secret key of the site. With another key they are lost, and have to be made anew.
"""

import base64
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def closed(secret: str, *, about: str) -> str:
    """A secret as it is kept; what it is `about` opens no other."""
    return _seal(settings.SECRET_KEY, about).encrypt(secret.encode()).decode()


def opened(kept: str, *, about: str) -> str | None:
    """The secret as it is; None where the key of the site is another now."""
    try:
        return _seal(settings.SECRET_KEY, about).decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


@cache
def _seal(key: str, about: str) -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(
            hmac.digest(key.encode(), f"katalysator.{about}".encode(), "sha256")
        )
    )
