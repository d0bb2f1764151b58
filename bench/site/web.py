"""The real web server in a process of its own, and the memory that its workers take."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from katalysator.running.serving import web_server
from katalysator.running.supervising import dependent

_PATIENCE: Final = 60.0
_HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process holds, in megabytes: all of it, and its share of what several hold."""

    resident: float
    proportional: float


@dataclass(frozen=True, slots=True)
class Web:
    """A running server."""

    port: int
    process: int

    def connect(self, count: int) -> list[HTTPConnection]:
        """Connections that stay open."""
        return [HTTPConnection(_HOST, self.port, timeout=_PATIENCE) for _ in range(count)]

    def memory(self) -> Sequence[Memory]:
        """Memory of each worker."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text()
        return [_memory(int(child)) for child in children.split()]


@contextmanager
def serving(workers: int) -> Iterator[Web]:
    """Serve on a free port, with the command and environment of `katalysator serve`."""
    port = free_port()
    command = web_server(_HOST, port, workers)
    process = subprocess.Popen(dependent(command), start_new_session=True, env=dict(os.environ))
    try:
        _wait(process, port)
        yield Web(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE)


def free_port() -> int:
    """A port of loopback that nothing uses."""
    with socket.socket() as found:
        found.bind((_HOST, 0))
        return int(found.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection((_HOST, port), timeout=1):
                break
        except OSError:
            time.sleep(0.1)
    else:
        raise SystemExit("The web server did not start; see above.")
    _first_page(port)


def _first_page(port: int) -> None:
    """Wait for an answer: a port is open before the application behind it is loaded."""
    connection = HTTPConnection(_HOST, port, timeout=_PATIENCE)
    connection.request("GET", "/nl/about/")
    connection.getresponse().read()
    connection.close()


def _memory(process: int) -> Memory:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {line.partition(":")[0]: int(line.split()[1]) / 1_024 for line in lines}
    return Memory(sizes["Rss"], sizes["Pss"])
