"""The address of a site as browsers compare it: scheme, host and port, and nothing that a header could take for more."""

import re
from typing import Final
from urllib.parse import urlsplit

from katalysator.faults import InvalidInput, gettext_noop as _

_HOST: Final = re.compile(
    r"(?=.{4,150}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)
_PORTS: Final = range(1, 65_536)


def read_origin(text: str) -> str:
    """The origin of what somebody typed: the address of any page of the site will do. Raises InvalidInput."""
    typed = text.strip()
    address = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
        port = parts.port
    except ValueError:  # UnicodeError is one
        raise _unfit(typed) from None
    if parts.scheme != "https" or not _HOST.fullmatch(host) or port not in (None, *_PORTS):
        raise _unfit(typed)
    return f"https://{host}" if port in (None, 443) else f"https://{host}:{port}"


def _unfit(text: str) -> InvalidInput:
    return InvalidInput(
        "origin",
        _("“%(text)s” is not the address of a site that the board can stand on."),
        hint=_("Write it as https://www.voorbeeld.nl."),
        text=text[:80],
    ).at("origin")
