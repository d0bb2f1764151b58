"""Addresses of e-mail that only we can make: numbers and a seal stand behind the plus sign of an address of ours (RFC 5233)."""

import hmac
import re
from collections.abc import Iterator
from typing import Final

from django.conf import settings

_TOKEN: Final = re.compile(
    r"\+([1-9][0-9]{0,17}(?:-[1-9][0-9]{0,17})*)-([0-9a-f]{24})@", re.IGNORECASE
)


def sealed(address: str, *numbers: int, about: str) -> str:
    """An address that holds these numbers, sealed with what it is `about`; none where we have none to begin with."""
    name, _at, domain = address.partition("@")
    told = "-".join(map(str, numbers))
    return f"{name}+{told}-{_seal(numbers, about)}@{domain}" if domain else ""


def sealed_in(addresses: str) -> Iterator[tuple[tuple[int, ...], str]]:
    """The numbers in such addresses, each with its seal; whether that is ours, `is_ours` tells."""
    for numbers, seal in _TOKEN.findall(addresses):
        yield tuple(map(int, numbers.split("-"))), seal.lower()


def is_ours(numbers: tuple[int, ...], seal: str, *, about: str) -> bool:
    """Whether we sealed these numbers with this."""
    return hmac.compare_digest(seal, _seal(numbers, about))


def _seal(numbers: tuple[int, ...], about: str) -> str:
    told = "\0".join(["katalysator.notices.sealed", *map(str, numbers), about]).encode()
    return hmac.digest(settings.SECRET_KEY.encode(), told, "sha256").hex()[:24]
