"""Two instances on loopback, each with its database, its web server and its worker, as `katalysator serve` has them."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.site.web import free_port
from katalysator import postgres
from katalysator.running.serving import web_server

_HOST: Final = "127.0.0.1"
_PATIENCE: Final = 60.0
_SEED: Final = """
import django
django.setup()
from katalysator.running.migrating import migrate
migrate()
from katalysator.coalition.models import Organisation
from katalysator.dataspace.models import Connector, Partner
from katalysator.dataspace.protocol.keys import new_key
made = Organisation.objects.create(
    slug={slug!r}, name="Voorbeeld", kind="company", region="NL31", state="active"
)
Connector.objects.create(organisation=made, key=new_key())
Partner.objects.create(participant_id={other!r}, name="Voorbeeld elders", address={address!r})
"""


@dataclass(frozen=True)
class Instance:
    """One of them, called as its organisation."""

    slug: str
    folder: Path
    url: str
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "KATALYSATOR_DATA": str(self.folder),
            "KATALYSATOR_CAREFUL": "no",
            "KATALYSATOR_ADDRESS": f"http://{_HOST}:{self.port}",
            "KATALYSATOR_OUTGOING_LOOPBACK": "yes",
            "KATALYSATOR_LOG": "no",
            "DJANGO_SETTINGS_MODULE": "katalysator.site.settings",
        }

    @property
    def participant_id(self) -> str:
        return f"did:web:{_HOST}%3A{self.port}:dataspace:{self.slug}"

    @property
    def base(self) -> str:
        return f"http://{_HOST}:{self.port}/dataspace/{self.slug}/dsp/2025-1"

    def do(self, code: str) -> None:
        """Run some lines in it."""
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code], env=self.environment, check=True
        )

    def seed(self, other: "Instance") -> None:
        """Make its tables, its organisation with a connector, and the other one as partner."""
        told = {"slug": self.slug, "other": other.participant_id, "address": other.base}
        self.do(_SEED.format(**told))

    @contextmanager
    def served(self) -> Iterator[int]:
        """Serve it, and do its jobs that go to others; yields the process of its web server."""
        commands = [
            web_server(_HOST, self.port, 1),
            [sys.executable, "-m", "katalysator.cli", "worker", "outside"],
        ]
        running = [
            subprocess.Popen(each, env=self.environment, start_new_session=True)
            for each in commands
        ]
        try:
            self._wait()
            yield running[0].pid
        finally:
            for each in running:
                each.terminate()
            for each in running:
                each.wait(_PATIENCE)

    def _wait(self) -> None:
        address = f"http://{_HOST}:{self.port}/.well-known/dspace-version"
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            with suppress(OSError):
                urllib.request.urlopen(address, timeout=5).close()
                return
            time.sleep(0.1)
        raise SystemExit("An instance did not start; see above.")


@contextmanager
def two(folder: Path) -> Iterator[tuple[Instance, Instance]]:
    """Who has data and who wants it, seeded, in a folder."""
    with postgres.running(folder / "postgres") as server:
        both = [
            Instance(slug, folder / slug, server.ensure(slug), free_port())
            for slug in ("houder", "vrager")
        ]
        for each in both:
            (each.folder / "static").mkdir(parents=True)
        holder, asker = both
        holder.seed(asker)
        asker.seed(holder)
        yield holder, asker


def memory(web: int) -> float:
    """What the processes of a web server hold themselves, in megabytes."""
    children = Path(f"/proc/{web}/task/{web}/children").read_text().split()
    return sum(_own(int(each)) for each in children)


def _own(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    sizes = {line.partition(":")[0]: line.split()[1] for line in lines[1:]}
    return (int(sizes["Private_Dirty"]) + int(sizes["Private_Clean"])) / 1024
