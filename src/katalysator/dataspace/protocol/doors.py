"""The doors of a connector: each method and path of the protocol, and what is answered there."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from katalysator.dataspace.models import Connector, Negotiation, ProtocolProcess, Transfer
from katalysator.dataspace.protocol import catalogue, messages, receiving
from katalysator.dataspace.protocol.faults import ProtocolFault
from katalysator.dataspace.protocol.machines import BEGUN
from katalysator.dataspace.protocol.messages import Message, answer, read
from katalysator.dataspace.protocol.transport import DoorAnswer

_ROWS: Final[dict[str, Any]] = {"negotiations": Negotiation.objects, "transfers": Transfer.objects}
_TYPES: Final = {"negotiations": "ContractNegotiation", "transfers": "TransferProcess"}
_ERRORS: Final = {"negotiations": "ContractNegotiationError", "transfers": "TransferError"}
_MESSAGES: Final[dict[str, dict[str, type[Message]]]] = {
    "negotiations": {
        "request": messages.ContractRequest,
        "offers": messages.ContractOffer,
        "agreement": messages.ContractAgreed,
        "agreement/verification": messages.ContractVerified,
        "events": messages.ContractEvent,
        "termination": messages.ContractTermination,
    },
    "transfers": {
        "start": messages.TransferStart,
        "completion": messages.TransferCompletion,
        "suspension": messages.TransferSuspension,
        "termination": messages.TransferTermination,
    },
}


def answer_to(
    connector: Connector, method: str, path: str, body: bytes, *, speaker: str
) -> DoorAnswer:
    """What a connector answers to a participant; a refusal is an answer too.

    Parameters
    ----------
    connector, method, path, body
        To whom, how, where (below its base, with what stands after a question mark), and what was said.
    speaker
        The id of who says it, which has been proven.

    """
    room = path.partition("/")[0].partition("?")[0]
    try:
        return _answer(connector, method, path, body, speaker)
    except ProtocolFault as fault:
        return DoorAnswer(fault.status, _error(room, path, body, fault))


def unrecognised(path: str) -> DoorAnswer:
    """What is answered to nobody in particular: of a process not even whether it is there."""
    room = path.partition("/")[0].partition("?")[0]
    if room in _ROWS:
        return DoorAnswer(HTTPStatus.NOT_FOUND, _error(room, path, b"", ProtocolFault.unknown()))
    fault = ProtocolFault(HTTPStatus.UNAUTHORIZED, "a token of a known participant is needed")
    return DoorAnswer(fault.status, _error(room, path, b"", fault))


def _answer(connector: Connector, method: str, path: str, body: bytes, speaker: str) -> DoorAnswer:
    if not path.isprintable():
        raise ProtocolFault.unknown()
    for door in _DOORS:
        if door.method == method and (found := door.path.fullmatch(path)):
            return door.answer(connector, body, speaker, *found.groups())
    raise ProtocolFault.unknown()


def _catalogue(connector: Connector, body: bytes, speaker: str, page: str | None) -> DoorAnswer:
    said = read(body, messages.CatalogRequest)
    if said.filter:
        return DoorAnswer(HTTPStatus.OK, catalogue.part(connector, speaker, said.filter))
    told, next_page = catalogue.page(connector, speaker, int(page or 1))
    return DoorAnswer(HTTPStatus.OK, told, next_page)


def _dataset(connector: Connector, _body: bytes, speaker: str, key: str) -> DoorAnswer:
    return DoorAnswer(HTTPStatus.OK, catalogue.one(connector, speaker, key))


def _state(connector: Connector, _body: bytes, speaker: str, room: str, pid: str) -> DoorAnswer:
    row = _ROWS[room].filter(connector=connector, partner_id=speaker).by_pid(pid).first()
    if row is None or row.state == BEGUN:
        raise ProtocolFault.unknown()
    return DoorAnswer(HTTPStatus.OK, _told(room, row))


def _request(connector: Connector, body: bytes, speaker: str) -> DoorAnswer:
    said = read(body, messages.ContractRequest)
    if said.provider_pid is not None:
        raise ProtocolFault.bad("providerPid: a first request has none")
    row = receiving.asked_for_contract(connector, said, _raw(body), speaker)
    return DoorAnswer(HTTPStatus.CREATED, _told("negotiations", row))


def _offer(connector: Connector, body: bytes, speaker: str) -> DoorAnswer:
    said = read(body, messages.ContractOffer)
    if said.consumer_pid is not None:
        raise ProtocolFault.bad("consumerPid: a first offer has none")
    row = receiving.was_offered(connector, said, _raw(body), speaker)
    return DoorAnswer(HTTPStatus.CREATED, _told("negotiations", row))


def _transfer(connector: Connector, body: bytes, speaker: str) -> DoorAnswer:
    said = read(body, messages.TransferRequest)
    row = receiving.asked_for_data(connector, said, _raw(body), speaker)
    return DoorAnswer(HTTPStatus.CREATED, _told("transfers", row))


def _message(
    connector: Connector, body: bytes, speaker: str, room: str, pid: str, name: str
) -> DoorAnswer:
    shape = _MESSAGES[room].get(name)
    if shape is None:
        raise ProtocolFault.unknown()
    known = _ROWS[room].filter(connector=connector, partner_id=speaker).by_pid(pid)
    if not known.exists():  # before anything of what it says is judged
        raise ProtocolFault.unknown()
    row = receiving.heard(_ROWS[room], connector, pid, read(body, shape), _raw(body), speaker)
    return DoorAnswer(HTTPStatus.OK, _told(room, row))


@dataclass(frozen=True, slots=True)
class _Door:
    method: str
    path: re.Pattern[str]
    answer: Callable[..., DoorAnswer]


_DOORS: Final = (
    _Door("POST", re.compile(r"catalog/request(?:\?page=([1-9][0-9]{0,6}))?"), _catalogue),
    _Door("GET", re.compile(r"catalog/datasets/(.+)"), _dataset),
    _Door("POST", re.compile(r"negotiations/request"), _request),
    _Door("POST", re.compile(r"negotiations/offers"), _offer),
    _Door("POST", re.compile(r"transfers/request"), _transfer),
    _Door("GET", re.compile(r"(negotiations|transfers)/([^/?]+)"), _state),
    _Door("POST", re.compile(r"(negotiations|transfers)/([^/?]+)/([a-z/]+)"), _message),
)


def _raw(body: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(body)
    return told


def _told(room: str, row: ProtocolProcess) -> dict[str, Any]:
    return answer(
        _TYPES[room], providerPid=row.provider_pid, consumerPid=row.consumer_pid, state=row.state
    )


def _error(room: str, path: str, body: bytes, fault: ProtocolFault) -> dict[str, Any]:
    """An error of the protocol; those of processes name them, by what was asked or said."""
    told = {"code": str(int(fault.status)), "reason": list(fault.reasons)}
    if room not in _ERRORS:
        return answer("CatalogError", **told)
    named = _pids(path, body)
    return answer(_ERRORS[room], **named, **told)


def _pids(path: str, body: bytes) -> dict[str, str]:
    """Both pids as far as they are told; an error must have them."""
    asked = path.split("/")[1] if path.count("/") else ""
    try:
        said: Any = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        said = {}
    given = said if isinstance(said, dict) else {}
    pids = {name: given.get(name) for name in ("providerPid", "consumerPid")}
    return {name: told if isinstance(told, str) else asked for name, told in pids.items()}
