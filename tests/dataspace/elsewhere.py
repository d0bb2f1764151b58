"""A web server elsewhere, on loopback: it gives a file, whole or in parts, takes what is brought, or misbehaves."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from katalysator.dataspace.delivery.ranges import NoSuchRange, asked_range


@dataclass
class Elsewhere:
    """Where it is, what it gives, how it behaves from now on, and what it was asked and brought."""

    content: bytes = b""
    port: int = 0
    behaviour: str = "usual"
    status: int = 200
    pause: float = 0.0
    asked: list[dict[str, str]] = field(default_factory=list)
    brought: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/metingen.csv"


@contextmanager
def elsewhere(content: bytes = b"", **how: Any) -> Iterator[Elsewhere]:
    """A server that gives this content, and keeps what is brought to it."""
    known = Elsewhere(content, **how)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            known.asked.append(dict(self.headers.items()))
            _BEHAVIOURS[known.behaviour](self, known)

        def do_PUT(self) -> None:
            known.asked.append(dict(self.headers.items()) | {"method": self.command})
            known.brought.append(b"".join(_sent(self, known.pause)))
            self.send_response(known.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_PUT  # noqa: N815 — as the server calls it

        def log_message(self, *_said: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_request: object) -> None:
            return

    server = Server(("127.0.0.1", 0), Handler)
    known.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _sent(handler: BaseHTTPRequestHandler, pause: float) -> Iterator[bytes]:
    """What is brought, in blocks or of a known length, as it came until it broke off."""
    is_chunked = handler.headers.get("Transfer-Encoding") == "chunked"
    left = 0 if is_chunked else int(handler.headers.get("Content-Length", 0))
    while is_chunked or left:
        size = int(handler.rfile.readline().strip() or b"0", 16) if is_chunked else min(left, 4_096)
        block = handler.rfile.read(size)
        left -= len(block)
        if is_chunked:
            handler.rfile.readline()
        if not block:
            return
        time.sleep(pause)
        yield block


def _usual(handler: BaseHTTPRequestHandler, known: Elsewhere) -> None:
    try:
        part = asked_range(handler.headers.get("Range", ""), len(known.content))
    except NoSuchRange:
        handler.send_response(416)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return
    content = known.content[part.first : part.last + 1] if part else known.content
    handler.send_response(206 if part else 200)
    handler.send_header("Content-Type", "text/csv")
    handler.send_header("Content-Length", str(len(content)))
    if part:
        handler.send_header("Content-Range", part.header)
    handler.end_headers()
    handler.wfile.write(content)


def _chunked(handler: BaseHTTPRequestHandler, known: Elsewhere, *, whole: bool = True) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for start in range(0, len(known.content), 1_000):
        block = known.content[start : start + 1_000]
        handler.wfile.write(f"{len(block):x}\r\n".encode() + block + b"\r\n")
        time.sleep(known.pause)
    if whole:
        handler.wfile.write(b"0\r\n\r\n")
    else:
        handler.close_connection = True


def _broken(handler: BaseHTTPRequestHandler, known: Elsewhere) -> None:
    """It says that there is more than it gives."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(2 * len(known.content)))
    handler.end_headers()
    handler.wfile.write(known.content)
    handler.close_connection = True


def _error(handler: BaseHTTPRequestHandler, _known: Elsewhere) -> None:
    handler.send_error(500)


def _short(handler: BaseHTTPRequestHandler, _known: Elsewhere) -> None:
    """It refuses a part, though nobody may have asked for one."""
    handler.send_error(416)


def _elsewhere(handler: BaseHTTPRequestHandler, _known: Elsewhere) -> None:
    handler.send_response(302)
    handler.send_header("Location", "http://169.254.169.254/latest/meta-data/")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def _packed(handler: BaseHTTPRequestHandler, known: Elsewhere) -> None:
    handler.send_response(200)
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(known.content)))
    handler.end_headers()
    handler.wfile.write(known.content)


def _silent(_handler: BaseHTTPRequestHandler, known: Elsewhere) -> None:
    time.sleep(known.pause)


def _slow(handler: BaseHTTPRequestHandler, known: Elsewhere) -> None:
    """It begins, and then says a byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(known.content)))
    handler.end_headers()
    for byte in known.content:
        handler.wfile.write(bytes([byte]))
        time.sleep(known.pause)


_BEHAVIOURS: dict[str, Any] = {
    "usual": _usual,
    "chunked": _chunked,
    "torn": lambda handler, known: _chunked(handler, known, whole=False),
    "broken": _broken,
    "error": _error,
    "short": _short,
    "elsewhere": _elsewhere,
    "packed": _packed,
    "silent": _silent,
    "slow": _slow,
}
