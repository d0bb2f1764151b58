"""The other side of a process: speaks the protocol by itself, by HTTP, and keeps what it is told.

It listens on loopback, takes a free port, and ends with the test. What it sends goes to the doors of our connector
through the test client; what we send comes over the network.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

from django.test import Client

from katalysator.dataspace.models import Connector
from katalysator.dataspace.protocol.machines import PATHS, TYPES

CONTEXT = "https://w3id.org/dspace/2025/1/context.jsonld"
USE: dict[str, Any] = {"permission": [{"action": "use", "constraint": []}]}


@dataclass
class Peer:
    """Who it is, what it was told, and how it answers from now on."""

    address: str = ""
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    pid: str = field(default_factory=lambda: f"urn:uuid:{uuid4()}")

    def answer(self, path: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Keep what is told, and answer as the protocol says."""
        self.heard.append((path, told))
        if self.status >= 400:
            return self.status, {}
        pids = {name: told.get(name, self.pid) for name in ("providerPid", "consumerPid")}
        type_ = "TransferProcess" if path.startswith("/transfers") else "ContractNegotiation"
        is_first = path.endswith("s/request") or path == "/negotiations/offers"
        state = "OFFERED" if path.endswith("offers") else "REQUESTED"
        return (201 if is_first else 200), {
            "@context": [CONTEXT], "@type": type_, **pids, "state": state,
        }  # fmt: skip

    def words(self) -> list[str]:
        """What it was told, by our words."""
        return [word_of(told) for _path, told in self.heard]

    def say(self, client: Client, connector: Connector, path: str, told: dict[str, Any]) -> Any:
        """Say something at a door of a connector."""
        self.said.append(told)
        where = f"/dataspace/{connector.organisation.slug}/dsp/2025-1/{path}"
        return client.post(
            where, json.dumps(told), "application/json", headers={"authorization": "kit"}
        )

    def state(self, client: Client, connector: Connector, kind: str, pid: str) -> str:
        """Which state the connector says a process is in."""
        where = f"/dataspace/{connector.organisation.slug}/dsp/2025-1/{kind}s/{pid}"
        answer = client.get(where, headers={"authorization": "kit"})
        assert answer.status_code == 200, answer.content
        return str(answer.json()["state"])


def word_of(told: dict[str, Any]) -> str:
    """Our word for a message."""
    if told["@type"] == "ContractNegotiationEventMessage":
        return str(told["eventType"]).lower()
    return next(
        word for kind in TYPES.values() for word, type_ in kind.items() if type_ == told["@type"]
    )


def message(kind: str, word: str, **told: Any) -> dict[str, Any]:
    """A message as the peer writes it, with a name of its own."""
    event = {"eventType": word.upper()} if word in ("accepted", "finalized") else {}
    return {"@context": [CONTEXT], "@id": str(uuid4()), "@type": TYPES[kind][word], **event, **told}


def path(kind: str, word: str, pid: str | None) -> str:
    """Where a message goes."""
    return f"{kind}s/{PATHS[kind][word]}" if pid is None else f"{kind}s/{pid}/{PATHS[kind][word]}"


@contextmanager
def listening() -> Iterator[Peer]:
    """A peer that hears what is sent to it."""
    peer = Peer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, told = peer.answer(self.path, json.loads(body))
            answer = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_said: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    peer.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
