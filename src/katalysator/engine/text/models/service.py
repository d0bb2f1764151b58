"""A model behind an address: JSON goes out, JSON comes back, in time or not at all.

Nothing that was sent or answered is ever in a fault or a log: they may hold texts of people and keys.
"""

import ipaddress
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from katalysator.engine.text.models.faults import REFUSED, ModelFault
from katalysator.faults import InvalidInput, gettext_noop as _

_LARGEST: Final = 64 << 20  # bytes of an answer
_PIECE: Final = 1 << 16
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which it is worth asking again."""
_OF_THE_ASKER: Final = frozenset({401, 402, 403, 404, 405, 407})
"""Refusals whatever is asked: of a key, an address or a bill. Any other 4xx is of what was asked."""


class _StayHere(HTTPRedirectHandler):
    """Go nowhere else: the operator named one address, and texts and key are for that one."""

    def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for one answer, how often is asked again, and seconds before that, doubled each time."""

    seconds: float = 60.0
    again: int = 2
    pause: float = 1.0


USUAL_PATIENCE: Final = Patience()


@dataclass(frozen=True, slots=True)
class Service:
    """A model that is asked over HTTP. `address` and `model` are safe to show; `key` never is."""

    address: str
    model: str
    key: str = field(default="", repr=False)
    patience: Patience = USUAL_PATIENCE

    @classmethod
    def at(cls, spec: str, key: str = "", patience: Patience = USUAL_PATIENCE) -> "Service":
        """Read `https://host/v1#model`.

        Plain `http` is for this machine and private networks only, since anybody between reads along.
        Space around a key, as the end of a line in a file, is no part of it.
        """
        address, _hash, model = spec.partition("#")
        try:
            parts = urlsplit(address)
            host, _port = parts.hostname or "", parts.port
            can_be_asked = _can_be_asked(address, host, parts.path)
        except ValueError:
            host, parts, can_be_asked = "", urlsplit(""), False
        if not can_be_asked or not model or parts.username or parts.password or parts.query:
            raise InvalidInput(
                "model-address",
                _("“%(spec)s” is no address of a model."),
                hint=_(
                    "Write it as https://host/v1#model, without a name, a password or a question mark."
                ),
                spec=f"{parts.scheme}://{host}#{model}",
            )
        if parts.scheme != "https" and not _is_near(host):
            raise InvalidInput(
                "model-address-open",
                _("%(host)s would be asked without encryption."),
                hint=_("Use https; http is for addresses on this machine or a private network."),
                host=host,
            )
        return cls(address.rstrip("/"), model, _clean(key, host), patience)

    @property
    def host(self) -> str:
        """Where texts go, for people to read."""
        return urlsplit(self.address).netloc

    @property
    def name(self) -> str:
        """The model and where it is."""
        return f"{self.model} @ {self.host}"

    @property
    def is_here(self) -> bool:
        """Whether nothing leaves this machine."""
        return _is_loopback(urlsplit(self.address).hostname or "")

    def ask(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answer to one question.

        Raises
        ------
        ModelFault
            Where there is none in time, or none that can be read, however often it was asked.

        """
        data = json.dumps({"model": self.model, **body}).encode()
        for tried in range(self.patience.again + 1):
            if tried:
                time.sleep(self.patience.pause * 2 ** (tried - 1))
            try:
                return self._asked(path, data)
            except _AgainPerhaps as error:
                fault = error.fault
        raise fault

    def _asked(self, path: str, data: bytes) -> Mapping[str, Any]:
        until = time.monotonic() + self.patience.seconds
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = Request(f"{self.address}/{path}", data, headers)  # noqa: S310 - checked in `at`
        try:
            with self._opener().open(request, timeout=self.patience.seconds) as answer:
                found = _read(answer, until)
        except HTTPError as error:
            error.close()
            fault = self._refusal(error.code)
            if error.code in _BUSY:
                raise _AgainPerhaps(fault) from None
            raise fault from None
        except TimeoutError:
            raise _AgainPerhaps(self._late()) from None
        except (HTTPException, URLError, OSError, EOFError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise _AgainPerhaps(self._late()) from None
            raise _AgainPerhaps(self._fault(_("%(model)s cannot be reached."))) from None
        return self._parsed(found)

    def _opener(self) -> OpenerDirector:
        """A proxy of the environment is used, except for this machine."""
        around = [ProxyHandler({})] if self.is_here else []
        return build_opener(_StayHere(), *around)

    def _parsed(self, found: bytes) -> Mapping[str, Any]:
        try:
            answer = json.loads(found, parse_constant=_no_number)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise _AgainPerhaps(self._fault(_("%(model)s answers with something that is no JSON.")))
        return answer

    def _late(self) -> ModelFault:
        said = _("%(model)s did not answer within %(seconds)s seconds.")
        return ModelFault("model-late", said, model=self.name, seconds=f"{self.patience.seconds:g}")

    def _refusal(self, status: int) -> ModelFault:
        is_of_this = 400 <= status < 500 and status not in _BUSY | _OF_THE_ASKER
        said = _("%(model)s refuses to answer (%(status)s).")
        return self._fault(said, str(status), REFUSED if is_of_this else "model-service")

    def _fault(self, sentence: str, status: str = "", code: str = "model-service") -> ModelFault:
        return ModelFault(code, sentence, model=self.name, status=status)


class _AgainPerhaps(Exception):  # noqa: N818
    """A fault that may be over in a moment."""

    def __init__(self, fault: ModelFault) -> None:
        super().__init__()
        self.fault = fault


def _read(answer: Any, until: float) -> bytes:
    """All of an answer, unless it trickles in until after the time, or never ends."""
    pieces, size = [], 0
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if time.monotonic() > until:
            raise TimeoutError
        if size > _LARGEST:
            raise EOFError
    return b"".join(pieces)


def _no_number(_name: str) -> float:
    """NaN and infinity are not in JSON, though Python would read them."""
    raise ValueError


def _clean(key: str, host: str) -> str:
    """A key as it is sent; one that cannot be is refused without being shown."""
    bare = key.strip()
    if not (bare.isascii() and bare.isprintable()):
        raise InvalidInput(
            "model-key",
            _("The key for %(host)s cannot be sent."),
            hint=_("Copy it again: it has letters, digits and signs of one line, without accents."),
            host=host,
        )
    return bare


def _can_be_asked(address: str, host: str, path: str) -> bool:
    """Whether a question can be written to it. Raises ValueError for a part of a name that is too long."""
    is_plain = address.isprintable() and " " not in address and path.isascii()
    return is_plain and bool(host.encode("idna"))


def _is_near(host: str) -> bool:
    """Whether a name or number is of this machine or of a private network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
