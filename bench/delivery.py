"""`python -m bench.delivery`: data that is kept elsewhere goes through a web process: how fast, and how much memory that takes."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from bench.site.web import Web, serving
from katalysator.running.house import house

if TYPE_CHECKING:
    from katalysator.dataspace.models import Transfer

_MOST_GROWTH: Final = 64.0
_BLOCK: Final = bytes(256 << 10)
_HOST: Final = "127.0.0.1"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.delivery", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1_024)
    parser.add_argument("--assert", dest="asserting", action="store_true", help="exit 1 if it grows by 64 MB")  # fmt: skip
    arguments = parser.parse_args()
    os.environ["KATALYSATOR_OUTGOING_LOOPBACK"] = "yes"
    with (
        tempfile.TemporaryDirectory(prefix="kt-bench-") as folder,
        _source(arguments.megabytes) as port,
    ):
        os.environ["KATALYSATOR_DATA"] = folder
        with house(owned=True):
            path, token = _shared(f"http://{_HOST}:{port}/data")
            with serving(1) as web:
                growth = _measured(web, path, token, port)
    print(f"memory of the web process grew by {growth:.0f} MB")
    return int(arguments.asserting and growth >= _MOST_GROWTH)


def _measured(web: Web, path: str, token: str, port: int) -> float:
    """Fetch it twice, once from its source; how much the memory of the web process grew by the most, in MB."""
    for _each in range(2):  # the first loads what is loaded once
        before = max(each.resident for each in web.memory())
        highest, over = [before], Event()
        watcher = Thread(target=_watch, args=(web, highest, over))
        watcher.start()
        through = _fetched(web.port, path, {"Authorization": f"Bearer {token}"})
        over.set()
        watcher.join()
    direct = _fetched(port, "/data", {})
    print(
        f"through: {through:.0f} MB/s; from its source: {direct:.0f} MB/s; {through / direct:.0%}"
    )
    return highest[0] - before


def _watch(web: Web, highest: list[float], over: Event) -> None:
    while not over.wait(0.05):
        highest[0] = max(highest[0], *(each.resident for each in web.memory()))


def _fetched(port: int, path: str, headers: dict[str, str]) -> float:
    """Megabytes a second."""
    began, count = time.perf_counter(), 0
    connection = HTTPConnection(_HOST, port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer: HTTPResponse = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"{answer.status}: {answer.read()[:200]!r}")
    while block := answer.read(1 << 20):
        count += len(block)
    connection.close()
    return count / 1e6 / (time.perf_counter() - began)


def _shared(address: str) -> tuple[str, str]:
    """A dataset at an address, and a transfer of it that runs: where it is fetched, and with which token."""
    from katalysator.dataspace.delivery.tokens import data_root, issued

    transfer = _transfer(address)
    root = data_root(transfer.connector)
    return f"{root[root.index('/dataspace/') :]}/{transfer.pid}", issued(transfer)


def _transfer(address: str) -> "Transfer":
    from katalysator.coalition.models import Organisation
    from katalysator.coalition.workflow import ACTIVE
    from katalysator.dataspace.models import (
        Agreement,
        Connector,
        Dataset,
        DataSource,
        Negotiation,
        Transfer,
    )
    from katalysator.dataspace.protocol.keys import new_key

    organisation = Organisation.objects.create(
        slug="voorbeeld", name="Voorbeeld", kind="company", region="NL", state=ACTIVE
    )
    own = Connector.objects.create(organisation=organisation, key=new_key())
    dataset = Dataset.objects.create(
        connector=own, key="urn:1", title="Metingen", is_published=True
    )
    DataSource.objects.create(dataset=dataset, kind="http", address=address, name="data")
    sides = {"connector": own, "role": "provider", "partner_id": "urn:partner", "partner_address": "https://x.example"}  # fmt: skip
    terms = {"permission": [{"action": "use", "constraint": []}]}
    negotiation = Negotiation.objects.create(
        **sides, provider_pid="urn:uuid:1", consumer_pid="urn:uuid:2", state="FINALIZED",
        offer={"@id": "urn:offer", "target": dataset.key, **terms},
    )  # fmt: skip
    agreement = Agreement.objects.create(
        connector=own, negotiation=negotiation, key="urn:agreement", role="provider",
        partner_id="urn:partner", dataset_key=dataset.key, policy=terms,
    )  # fmt: skip
    return Transfer.objects.create(
        **sides, agreement=agreement, provider_pid="urn:uuid:3", consumer_pid="urn:uuid:4",
        state="STARTED", format="HttpData-PULL",
    )  # fmt: skip


@contextmanager
def _source(megabytes: int) -> Iterator[int]:
    """A server in a process of its own that gives so much; its port."""
    context = get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_give, args=(its, megabytes), daemon=True)
    process.start()
    try:
        yield int(ours.recv())
    finally:
        process.terminate()
        process.join()


def _give(told: Connection, megabytes: int) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(megabytes << 20))
            self.end_headers()
            for _each in range(megabytes * 4):
                self.wfile.write(_BLOCK)

        def log_message(self, *_said: object) -> None:
            return

    server = ThreadingHTTPServer((_HOST, 0), Handler)
    told.send(server.server_address[1])
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
