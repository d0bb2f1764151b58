"""Counters that all processes share: they stand in the database, as Django's own cache."""

from typing import Final

from django.utils.crypto import salted_hmac

_SALT: Final = "katalysator.core.counters"


def sealed_key(key: str, prefix: str, version: int) -> str:
    """The name that a counter is kept by: it tells nobody the address that it counts for."""
    return salted_hmac(_SALT, f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
