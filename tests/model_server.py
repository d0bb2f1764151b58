"""A small HTTP server of our own that speaks the interface of OpenAI, well or badly, for the tests of models.

It is on loopback, takes a free port, and ends with the test. What it was asked is kept in `asked`.
"""

import json
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np

from katalysator.engine.text import Patience

HASTE = Patience(seconds=0.4, again=2, pause=0.01)
DIMENSION = 6

Reply = Callable[[dict[str, Any]], Any]
"""Makes an answer from a question: something for JSON, or bytes as they are."""


@dataclass
class Answer:
    """One answer: its status, what is in it, and after how many seconds."""

    body: Any
    status: int = 200
    after: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class ModelServer:
    """Where it is, what it was asked, and with which key."""

    address: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    @property
    def spec(self) -> str:
        return f"{self.address}/v1#small-model"

    @property
    def texts(self) -> str:
        """Everything that was sent."""
        return json.dumps(self.asked, ensure_ascii=False)


@contextmanager
def serving(reply: Reply) -> Iterator[ModelServer]:
    """A server that answers every question by `reply`."""
    known = ModelServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            question = json.loads(self.rfile.read(length))
            known.asked.append({"path": self.path, **question})
            known.keys.append(self.headers.get("Authorization"))
            found = reply({"path": self.path, **question})
            answer = found if isinstance(found, Answer) else Answer(found)
            time.sleep(answer.after)
            body = answer.body
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            try:
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(data)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                return  # the other has gone already

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    known.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def vector(text: str, dimension: int = DIMENSION) -> list[float]:
    """Words have directions of their own: texts that share them lie near."""
    found = sum(
        (np.random.default_rng(zlib.crc32(word.encode())).normal(size=dimension) for word in text.lower().split()),
        np.full(dimension, 0.1),
    )  # fmt: skip
    return [float(each) for each in found]


def embeddings(question: dict[str, Any], dimension: int = DIMENSION) -> dict[str, Any]:
    """A good answer to a question for vectors, in another order than it was asked."""
    rows = [
        {"index": n, "embedding": vector(text, dimension)}
        for n, text in enumerate(question["input"])
    ]
    return {"object": "list", "data": rows[::-1], "model": "small-model-2026-01"}


def said(content: str) -> dict[str, Any]:
    """An answer of a language model."""
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": content}}]}


def pair(question: dict[str, Any]) -> dict[str, Any]:
    """The pair that a question is about."""
    told: dict[str, Any] = json.loads(question["messages"][1]["content"])
    return told


def grades(grade: int, why: str = "Beide gaan over beelden.") -> Reply:
    """A language model that gives every pair the same grade."""
    return lambda question: said(
        json.dumps({"case": pair(question)["case"], "grade": grade, "why": why})
    )
