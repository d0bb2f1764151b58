"""What the house sends to addresses that others gave: the one door to their programs.

Such an address may lead anywhere, also to machines that only we can reach. So its name is looked up once, what it leads
to must be public, and it is that machine which is spoken to: a name that leads elsewhere a moment later gains nothing.
Nothing is followed, and nobody lets us wait for longer than we want.
"""

import http.client
import ipaddress
import math
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from typing import Final, Literal, TypeAlias
from urllib.parse import urlsplit

from django.conf import settings

from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _

_Number: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

NameLookup: TypeAlias = Callable[[str, int], Sequence[str]]
"""The numbers that a name and a port lead to; raises OSError for none."""

PATIENCE: Final = 10.0
"""Seconds in which all of it has to be over: the name, the connection and the answer."""
LONGEST_ADDRESS: Final = 500
LARGEST_ANSWER: Final = 64 << 10
IDLE: Final = 20.0
"""Seconds in which something has to move where much is sent or comes; how long all of it takes is nobody's business."""
_LEAST: Final = 1 << 10
"""Bytes that must come in so many seconds of waiting: less is no answer but a way to keep us."""
_PORTS: Final = frozenset({443, 8443, *range(8000, 8100)})
_USUAL: Final = {"https": 443, "http": 80}
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_SPECIAL: Final = tuple(
    map(ipaddress.ip_network, ("2001::/23", "2001:db8::/32", "3fff::/20", "192.88.99.0/24"))
)
"""Of the global numbers: protocols, examples, and relays that nobody needs."""


class NotReached(KatalysatorError):  # noqa: N818
    """Nothing came of it; the code says why, the sentence tells nothing of machines that only we can see."""


@dataclass(frozen=True, slots=True)
class Destination:
    """An address that may be spoken to, if its name leads to where it may."""

    scheme: str
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class OutsideAnswer:
    """What came back: a status, and at most so much as we read."""

    status: int
    body: bytes


def destination(address: str) -> Destination:
    """What an address leads to, as far as it says so itself. Raises InvalidInput for one that we do not send to."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()
        port = _USUAL.get(parts.scheme, 0) if parts.port is None else parts.port
    except (ValueError, UnicodeError):
        raise _unreadable() from None
    is_plain = address.isascii() and address.isprintable() and not set(address) & set(' \\"<>^`{|}')
    if not (is_plain and host) or len(address) > LONGEST_ADDRESS or parts.scheme not in _USUAL:
        raise _unreadable()
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise InvalidInput(
            "address-credentials",
            _("There is a name or a password in this address."),
            hint=_("Leave them out: each message is signed."),
        )
    query = f"?{parts.query}" if parts.query else ""
    found = Destination(parts.scheme, host, port, f"{parts.path or '/'}{query}")
    if parts.scheme != "https" and not settings.OUTGOING_LOOPBACK:
        raise InvalidInput("address-open", _("Only addresses with https:// are spoken to."))
    if port not in _PORTS and not settings.OUTGOING_LOOPBACK:
        raise InvalidInput(
            "address-port",
            _("Port %(port)s is not spoken to."),
            hint=_("Use 443, 8443, or one from 8000 to 8099."),
            port=str(port),
        )
    if (number := _as_number(host)) and not _may_reach(found, number):
        raise InvalidInput("address-not-public", _("This is no public address."))
    return found


def post(
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    lookup: NameLookup | None = None,
    trusted: ssl.SSLContext | None = None,
    patience: float = PATIENCE,
) -> OutsideAnswer:
    """Send something, and read the answer: `spoken` with the method POST."""
    return spoken("POST", address, body, headers, lookup=lookup, trusted=trusted, patience=patience)


def spoken(
    method: Literal["GET", "POST"],
    address: str,
    body: bytes | None,
    headers: Mapping[str, str],
    *,
    most: int = LARGEST_ANSWER,
    lookup: NameLookup | None = None,
    trusted: ssl.SSLContext | None = None,
    patience: float = PATIENCE,
) -> OutsideAnswer:
    """Ask or send something, and read the answer.

    Parameters
    ----------
    method, address, body, headers
        How, where, what, and what is said with it.
    most
        Bytes of an answer that are read; a longer one is none.
    lookup
        Asks where a name leads; the system's, where it is left out.
    trusted
        Whose certificates are believed; those of the system, where it is left out.
    patience
        Seconds in which all has to be over.

    Raises InvalidInput for an address that we do not send to, NotReached where nothing came of it.

    """
    until = time.monotonic() + patience
    there = destination(address)
    numbers = _looked_up(there, lookup or _of_the_system, until)
    with closing(_HeldLine()) as line, _plainly(until), _cut_off(line, until):
        connection = _connected(there, numbers, trusted, line, until)
        connection.request(method, there.path, body, {**_SAID, **headers})
        answer = _read(connection.getresponse(), most)
    if time.monotonic() >= until:  # it was cut off: what came may be half of it
        raise _late()
    return answer


def opened(
    method: Literal["GET", "PUT", "POST"],
    address: str,
    headers: Mapping[str, str],
    *,
    body: Iterable[bytes] | None = None,
    lookup: NameLookup | None = None,
    trusted: ssl.SSLContext | None = None,
    patience: float = PATIENCE,
    idle: float = IDLE,
) -> "OutsideStream":
    """Ask or bring something that may be large: what is sent goes a block at a time, and what comes is read so.

    Parameters
    ----------
    method, address, headers, lookup, trusted
        As in `spoken`.
    body
        The blocks that are sent: so many bytes as a header Content-Length says, or without one, as many as there are.
        What goes wrong in there is raised as it is.
    patience
        Seconds in which we must be connected, and once more in which an answer must begin after all is sent.
    idle
        Seconds in which something must move between those.

    Raises InvalidInput for an address that we do not send to, NotReached where nothing came of it. Close what it returns.

    """
    until = time.monotonic() + patience
    there = destination(address)
    numbers = _looked_up(there, lookup or _of_the_system, until)
    line = _HeldLine()
    try:
        with _plainly(until), _cut_off(line, until):
            connection = _connected(there, numbers, trusted, line, until)
            line.wait(idle)
            if body is None:
                connection.request(method, there.path, None, {**_SAID, **headers})
                return OutsideStream(connection.getresponse(), line, idle)
        with _plainly(math.inf), suppress(BrokenPipeError, ConnectionResetError):
            # whoever breaks off what we bring may have said why
            connection.request(method, there.path, body, {**_SAID, **headers})
        until = time.monotonic() + patience
        with _plainly(until), _cut_off(line, until):
            return OutsideStream(connection.getresponse(), line, idle)
    except BaseException:
        line.close()
        raise


class OutsideStream:
    """What comes back from elsewhere, a block at a time: its status, what is said with it, and its bytes."""

    def __init__(self, answer: http.client.HTTPResponse, line: "_HeldLine", idle: float) -> None:
        self._answer, self._line, self._idle = answer, line, idle
        self._waited, self._came = 0.0, 0
        self.status = answer.status
        self.headers: Message = answer.headers
        self.length: int | None = answer.length
        """How many bytes will come; None where that is not said."""

    def read(self, most: int) -> bytes:
        """What there is of what is left, and none at the end. Raises NotReached where it breaks off, or hardly moves."""
        began = time.monotonic()
        with _plainly(math.inf):
            block = self._answer.read1(most)
        self._waited, self._came = self._waited + time.monotonic() - began, self._came + len(block)
        if self._waited >= self._idle:
            if self._came < _LEAST:
                raise _late()
            self._waited, self._came = 0.0, 0
        if not block and self._answer.length:
            raise NotReached("broken-off", _("It broke off before its end."))
        return block

    def close(self) -> None:
        """Read no more of it."""
        self._answer.close()
        self._line.close()


_SAID: Final = {
    "User-Agent": "Katalysator",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(slots=True)
class _HeldLine:
    """The socket that is spoken through now, for who cuts it off."""

    held: socket.socket | None = None

    def cut(self) -> None:
        if self.held is not None:
            with suppress(OSError):
                self.held.shutdown(socket.SHUT_RDWR)

    def wait(self, seconds: float) -> None:
        if self.held is not None:
            self.held.settimeout(seconds)

    def close(self) -> None:
        if self.held is not None:
            self.held.close()


@contextmanager
def _cut_off(line: _HeldLine, until: float) -> Iterator[None]:
    """Cut a line off when the time is over: who answers a byte at a time would keep us for ever."""
    clock = Timer(max(0.0, until - time.monotonic()), line.cut)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


@contextmanager
def _plainly(until: float) -> Iterator[None]:
    """Say plainly what went wrong with a machine elsewhere, and no more of it than that."""
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise NotReached("certificate", _("The certificate of this address is not good.")) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= until:
            raise _late() from None
        raise NotReached(
            "unreachable", _("Nobody answered there, or not as a web server does.")
        ) from None


def _connected(
    there: Destination,
    numbers: Sequence[_Number],
    trusted: ssl.SSLContext | None,
    line: _HeldLine,
    until: float,
) -> http.client.HTTPConnection:
    """A connection with one of these numbers, which never makes another by itself."""
    connection = http.client.HTTPConnection(there.host, there.port)
    if there.scheme == "https":
        connection = http.client.HTTPSConnection(there.host, there.port)
    connection.auto_open = 0
    plain = line.held = _reached(numbers, there.port, until)
    plain.settimeout(max(0.01, until - time.monotonic()))
    if there.scheme == "https":
        context = trusted or ssl.create_default_context()
        sealed = line.held = context.wrap_socket(
            plain, server_hostname=there.host, do_handshake_on_connect=False
        )
        sealed.do_handshake()
    connection.sock = line.held
    return connection


def _reached(numbers: Sequence[_Number], port: int, until: float) -> socket.socket:
    """The first that lets us in. Raises OSError for none."""
    for place, number in enumerate(numbers, start=1):
        left = max(0.01, until - time.monotonic())
        try:
            return socket.create_connection((str(number), port), left / (1 + len(numbers) - place))
        except OSError:
            if place == len(numbers):
                raise
    raise OSError


def _read(answer: http.client.HTTPResponse, most: int) -> OutsideAnswer:
    """An answer, no longer than we read. A place to go on to is an answer like any other."""
    body = answer.read(most + 1)
    if len(body) > most:
        raise NotReached(
            "answer-too-long", _("The answer is longer than %(most)s kB."), most=str(most >> 10)
        )
    return OutsideAnswer(answer.status, body)


def _looked_up(there: Destination, lookup: NameLookup, until: float) -> list[_Number]:
    """The numbers of a name, asked once; all of them must be such as we speak to.

    Where one is not, or there is none, the same is said: nobody learns which names there are behind our door.
    """
    numbers = [ipaddress.ip_address(each) for each in _asked(there, lookup, until)]
    if not numbers or not all(_may_reach(there, each) for each in numbers):
        raise NotReached("not-public", _("This name does not lead to a public address."))
    return list(dict.fromkeys(numbers))


def _asked(there: Destination, lookup: NameLookup, until: float) -> Sequence[str]:
    """What the lookup says in time: the system's own may take much longer, and cannot be cut off."""
    said: SimpleQueue[Sequence[str]] = SimpleQueue()

    def ask() -> None:
        try:
            said.put(lookup(there.host, there.port))
        except (OSError, UnicodeError):
            said.put(())

    Thread(target=ask, daemon=True).start()
    try:
        return said.get(timeout=max(0.01, until - time.monotonic()))
    except Empty:
        raise _late() from None


def _of_the_system(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_kind, address in found]


def _may_reach(there: Destination, number: _Number) -> bool:
    """Whether a machine may be spoken to at this address."""
    if settings.OUTGOING_LOOPBACK and number.is_loopback:
        return True
    return there.scheme == "https" and there.port in _PORTS and is_public(number)


def is_public(number: _Number) -> bool:
    """Whether a number is one of the public internet; of one that holds another, whether that is."""
    inner = _inner(number)
    if inner is not None:
        return is_public(inner)
    if any(number in each for each in _SPECIAL if each.version == number.version):
        return False
    if isinstance(number, ipaddress.IPv6Address) and number not in _UNICAST:
        return False
    return number.is_global and not (number.is_multicast or number.is_reserved)


def _inner(number: _Number) -> ipaddress.IPv4Address | None:
    """The number of the old kind that one of the new kind leads to: mapped, by NAT64 or by 6to4."""
    if isinstance(number, ipaddress.IPv4Address):
        return None
    if number in _NAT64:
        return ipaddress.IPv4Address(number.packed[-4:])
    return number.ipv4_mapped or number.sixtofour


def _as_number(host: str) -> _Number | None:
    """The number that a host is, also as old programs write one: 127.1, 0x7f.1, 2130706433."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def _late() -> NotReached:
    return NotReached("late", _("No answer came in time."))


def _unreadable() -> InvalidInput:
    return InvalidInput(
        "address",
        _("This is no address that we can send to."),
        hint=_("Write it as https://host/path, without accents and spaces."),
    )
