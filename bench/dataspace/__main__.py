"""`python -m bench.dataspace [--assert]`: negotiations and data between two instances on this machine.

Each has its own database, web server and worker, and signs and proves all that it says. The clock of a negotiation runs from
when a consumer asks until it has the last byte.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from bench.dataspace.instances import Instance, two
from bench.dataspace.pulling import plain_server, pulled, told, watched

_MEDIAN_MS: Final = 500.0
_A_SECOND: Final = 10.0
_SHARE: Final = 0.7
_MEGABYTES: Final = 64.0
_FILES: Final = """
import django
django.setup()
from pathlib import Path
from uuid import uuid4
from katalysator.core.attachments import store
from katalysator.dataspace.delivery.sources.file import ROOM
from katalysator.dataspace.models import Connector, Dataset, DatasetOffer, DataSource
for name, size in {files!r}.items():
    row = Dataset.objects.create(
        connector=Connector.objects.get(), key=name, title=name, formats=["HttpData-PULL"], is_published=True
    )
    terms = {{"permission": [{{"action": "use", "constraint": []}}]}}
    DatasetOffer.objects.create(dataset=row, key=f"{{name}}:offer", terms=terms, is_automatic=True)
    key, block = uuid4(), bytes(range(256)) * 4096
    with store.kept(ROOM, key, b""):
        DataSource.objects.create(dataset=row, key=key, name=name, media_type="text/csv", size=size)
    with Path(store.opened(ROOM, key).name).open("wb") as file:
        for _ in range(size >> 20):
            file.write(block)
    Path({folder!r}, name.replace(":", "-")).symlink_to(file.name)
"""


def main() -> int:
    arguments = _arguments()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="kt-bench-") as folder:
        Path(folder).chmod(0o755)
        with two(Path(folder)) as (holder, asker):
            plain = Path(folder, "plain")
            plain.mkdir()
            files = {"urn:small": 1 << 20, "urn:large": arguments.megabytes << 20}
            holder.do(_FILES.format(files=files, folder=str(plain)))
            os.environ.update(asker.environment)
            import django

            django.setup()
            with holder.served() as web, asker.served():
                complaints = _measured(arguments, holder, web, plain)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return int(arguments.asserting and bool(complaints))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.dataspace", description=__doc__)
    parser.add_argument("--negotiations", type=int, default=40, help="one after another")
    parser.add_argument("--at-once", type=int, default=200, help="negotiations begun together")
    parser.add_argument("--megabytes", type=int, default=1024, help="of the large file")
    parser.add_argument(
        "--assert", dest="asserting", action="store_true", help="exit 1 if a goal is missed"
    )
    return parser.parse_args()


def _measured(arguments: argparse.Namespace, holder: Instance, web: int, plain: Path) -> list[str]:
    return [
        complaint
        for complaint in (
            _one_by_one(holder, arguments.negotiations),
            _at_once(holder, arguments.at_once),
            *_large(holder, web, plain),
        )
        if complaint
    ]


def _one_by_one(holder: Instance, count: int) -> str:
    """A negotiation, a transfer and its data, again and again."""
    _whole(holder, "urn:small")  # the keys of both are known after it
    seconds = sorted(_whole(holder, "urn:small") for _ in range(count))
    middle, slow = median(seconds) * 1000, seconds[int(0.95 * count)] * 1000
    print(
        f"negotiation and pull of 1 MB, {count} times: median {middle:.0f} ms, 95 % {slow:.0f} ms"
    )
    return f"negotiation and pull take {middle:.0f} ms" if middle > _MEDIAN_MS else ""


def _whole(holder: Instance, dataset: str) -> float:
    began = perf_counter()
    transfer = _running(holder, dataset)
    count, _seconds = pulled(*told(transfer.data_address))
    seconds = perf_counter() - began
    if count != 1 << 20:
        raise SystemExit(f"{count} bytes came")
    return seconds


def _running(holder: Instance, dataset: str) -> Any:
    """A transfer that runs, under a new agreement."""
    from katalysator.dataspace.models import Transfer
    from katalysator.dataspace.models.processes import new_pid
    from katalysator.dataspace.protocol.sending import RULE, send

    negotiation = _asked(holder, dataset)
    _wait(negotiation, "FINALIZED")
    row = Transfer.objects.create(
        connector=negotiation.connector, role="consumer", consumer_pid=new_pid(),
        partner_id=holder.participant_id, partner_address=holder.base,
        agreement=negotiation.agreement, format="HttpData-PULL",
    )  # fmt: skip
    send(row, "request", by=RULE)
    _wait(row, "STARTED")
    return row


def _asked(holder: Instance, dataset: str) -> Any:
    from katalysator.dataspace.models import Connector, Negotiation
    from katalysator.dataspace.models.processes import new_pid
    from katalysator.dataspace.protocol.sending import RULE, send

    offer = {
        "@id": f"{dataset}:offer", "@type": "Offer", "target": dataset,
        "permission": [{"action": "use", "constraint": []}],
    }  # fmt: skip
    row = Negotiation.objects.create(
        connector=Connector.objects.get(), role="consumer", consumer_pid=new_pid(),
        partner_id=holder.participant_id, partner_address=holder.base, offer=offer,
    )  # fmt: skip
    return send(row, "request", by=RULE)


def _wait(row: Any, state: str) -> None:
    until = perf_counter() + 60
    while row.state != state:
        if perf_counter() > until:
            raise SystemExit(f"{row} stays {row.state}: {row.problem or row.reason}")
        time.sleep(0.003)
        row.refresh_from_db()


def _at_once(holder: Instance, count: int) -> str:
    """Many negotiations that are begun together."""
    from katalysator.dataspace.models import Negotiation

    before = Negotiation.objects.count()
    began = perf_counter()
    for _ in range(count):
        _asked(holder, "urn:small")
    while Negotiation.objects.filter(state="FINALIZED").count() < before + count:
        if perf_counter() - began > 300:
            raise SystemExit("not all negotiations came to their end")
        time.sleep(0.02)
    rate = count / (perf_counter() - began)
    print(f"{count} negotiations begun at once: {rate:.1f} a second")
    return f"{rate:.1f} negotiations a second" if rate < _A_SECOND else ""


def _large(holder: Instance, web: int, plain: Path) -> list[str]:
    """A large file from us and from Python's own server, three times each in turn."""
    transfer = _running(holder, "urn:large")
    ours, theirs, grown = list[float](), list[float](), 0.0
    with plain_server(str(plain)) as address:
        for _ in range(3):
            theirs.append(_speed(f"{address}/urn-large"))
            with watched(web) as seen:
                ours.append(_speed(*told(transfer.data_address)))
            grown = max(grown, max(seen) - seen[0])
    own, plainly = median(ours), median(theirs)
    print(
        f"large file: {own:,.0f} MB/s, http.server {plainly:,.0f} MB/s: {own / plainly:.0%};"
        f" memory grew by {grown:.1f} MB"
    )
    return [
        f"{own / plainly:.0%} of http.server" if own / plainly < _SHARE else "",
        f"memory grew by {grown:.0f} MB" if grown > _MEGABYTES else "",
    ]


def _speed(address: str, token: str = "") -> float:
    count, seconds = pulled(address, token)
    return count / seconds / 1e6


if __name__ == "__main__":
    sys.exit(main())
