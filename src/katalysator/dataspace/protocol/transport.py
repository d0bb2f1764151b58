"""How something gets to another participant: over HTTPS, or within the house where both are of it."""

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Literal, Protocol
from urllib.parse import quote, unquote

from django.conf import settings

from katalysator.core.outgoing import spoken
from katalysator.dataspace.models import Connector
from katalysator.dataspace.protocol.identity import identity
from katalysator.dataspace.protocol.messages import plain_json

CATALOGUE: Final = "catalog/request"
"""Where a participant tells what it offers, below its address."""
_PAGE: Final = re.compile(rf"{CATALOGUE}[!-~]{{0,300}}")
_NEXT: Final = re.compile(r'<([^<>]{1,500})>\s*;\s*rel="?next\b')
MOST: Final = 4 << 20
"""Bytes of an answer that are read: a catalogue may be long."""


@dataclass(frozen=True, slots=True)
class DoorAnswer:
    """A status, what is told with it, and the address of a next page where there is one."""

    status: HTTPStatus
    told: dict[str, Any] | None = None
    next_page: str | None = None


class Doors(Protocol):
    """What answers for the connectors of this house."""

    def __call__(
        self, connector: Connector, method: str, path: str, body: bytes, *, speaker: str
    ) -> DoorAnswer:
        """Answer what a proven speaker says to a connector."""


@dataclass(frozen=True, slots=True)
class PartnerAnswer:
    """What the other side answers: a status, what stands in it, and where a next page is."""

    status: int
    told: dict[str, Any]
    next_page: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it was taken."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def following(self, address: str) -> str:
        """The next page of a catalogue, below the address of its holder; empty where there is none, or it stands elsewhere."""
        below = self.next_page.removeprefix(f"{address.rstrip('/')}/")
        return below if is_page(below) else ""

    @property
    def reasons(self) -> str:
        """Why it was not, as the other side says, in one line."""
        told = self.told.get("reason")
        return "; ".join(str(each) for each in told)[:400] if isinstance(told, list) else ""


def is_page(path: str) -> bool:
    """Whether a path is that of a page of a catalogue."""
    return bool(_PAGE.fullmatch(path))


def say(
    connector: Connector,
    method: Literal["GET", "POST"],
    address: str,
    path: str,
    *,
    to: str,
    within: Doors,
    told: dict[str, Any] | None = None,
) -> PartnerAnswer:
    """Say something to a participant `to`, at `path` below the address where it speaks the protocol.

    `within` answers for connectors of this house: who speaks is known there, for it is we.
    Raises InvalidInput for an address that is not spoken to, NotReached where nothing came of it.
    """
    body = None if told is None else json.dumps(told, ensure_ascii=False).encode()
    if inner := _house_connector(address):
        given = within(inner, method, unquote(path), body or b"", speaker=connector.participant_id)
        return PartnerAnswer(given.status, given.told or {}, given.next_page or "")
    where = f"{address.rstrip('/')}/{path}"
    headers = {"Authorization": identity().said_by(connector, to), "Accept": "application/json"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    answer = spoken(method, where, body, headers, most=MOST)
    following = _NEXT.search(answer.link)
    return PartnerAnswer(answer.status, _read(answer.body), following[1] if following else "")


def segment(pid: str) -> str:
    """A pid as a part of a path."""
    return quote(pid, safe=":")


def is_of_house(address: str) -> bool:
    """Whether an address is one of our own connectors'."""
    return _house_connector(address) is not None


def _house_connector(address: str) -> Connector | None:
    start = f"{settings.ADDRESS}/dataspace/"
    if not address.startswith(start):
        return None
    slug = address.removeprefix(start).partition("/")[0]
    found = Connector.objects.speaking().filter(organisation__slug=slug).first()
    return found if found and address.rstrip("/") == found.base else None


def _read(body: bytes) -> dict[str, Any]:
    try:
        told = plain_json(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
