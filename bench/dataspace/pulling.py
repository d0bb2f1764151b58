"""Data that is pulled: how fast, beside what Python's own file server gives, and what memory it takes."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlsplit

from bench.dataspace.instances import memory
from bench.site.web import free_port

_BLOCK = 1 << 20


def pulled(address: str, token: str = "") -> tuple[int, float]:
    """Read all that stands at an address: how many bytes, in how many seconds."""
    parts = urlsplit(address)
    began = perf_counter()
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=300)
    connection.request(
        "GET", parts.path, headers={"Authorization": f"Bearer {token}"} if token else {}
    )
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status} {answer.read()[:200]!r}")
    count, space = 0, bytearray(_BLOCK)
    while read := answer.readinto(space):
        count += read
    connection.close()
    return count, perf_counter() - began


def told(data_address: dict[str, Any]) -> tuple[str, str]:
    """The address and the token of a start message."""
    names = {each["name"]: each["value"] for each in data_address["endpointProperties"]}
    return data_address["endpoint"], names["authorization"]


@contextmanager
def plain_server(folder: str) -> Iterator[str]:
    """Python's own server of a folder; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "-d", folder]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def watched(web: int) -> Iterator[list[float]]:
    """The memory of a web server, looked at ten times a second; the first is from before."""
    seen, over = [memory(web)], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            seen.append(memory(web))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except (OSError, HTTPException):
            sleep(0.05)
        else:
            return
    raise SystemExit("http.server did not start")
