"""A small web server of our own that keeps what is sent to it, for the tests of what goes out.

It is on loopback, takes a free port, and ends with the test.
"""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Got:
    """One thing that was sent."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Where it is, how it answers from now on, and what it got."""

    host: str
    port: int
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    got: list[Got] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}/haken"


@contextmanager
def receiving(
    *,
    status: int = 200,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    secured: ssl.SSLContext | None = None,
) -> Iterator[Receiver]:
    """A server that answers alike to everything."""
    known = Receiver("127.0.0.1", 0, status, body, headers or {})

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            known.got.append(Got(self.path, dict(self.headers.items()), self.rfile.read(length)))
            self.send_response(known.status)
            for name, value in known.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(known.body)))
            self.end_headers()
            self.wfile.write(known.body)

        def log_message(self, *_said: object) -> None:
            return

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:  # who asked is gone
                return

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_request: object) -> None:
            return

    server = Server(("127.0.0.1", 0), Handler)
    if secured is not None:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    known.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
