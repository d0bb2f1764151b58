"""Instances as who starts, tells and kills them sees them."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psycopg

from tests.dataspace.stations.dying import ORDER
from tests.ports import free_port, is_answered

DATASET = "urn:dataset:1"
_SEED = """
from katalysator.dataspace.models import Partner
from tests.dataspace.world import connector, dataset
own = connector(slug={slug!r}, name="Voorbeeld")
if {slug!r} == "houder":
    dataset(own, {dataset!r})
Partner.objects.create(participant_id={other!r}, name="Voorbeeld elders", address={address!r})
"""


class Station:
    """An instance of one organisation, called by its slug: on a free port, with a database of its own."""

    def __init__(self, slug: str, folder: Path, url: str) -> None:
        self.slug, self.port = slug, free_port()
        self.folder, self.log = folder / slug, folder / f"{slug}.log"
        self.folder.mkdir()
        self._url = url
        kept = {name: told for name, told in os.environ.items() if not name.startswith("DATABASE")}
        self._environment = {
            **kept,
            "DATABASE_URL": self._url,
            "KATALYSATOR_DATA": str(self.folder),
            "KATALYSATOR_CAREFUL": "no",
            "KATALYSATOR_ADDRESS": f"http://127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "tests.dataspace.stations.settings",
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def participant_id(self) -> str:
        return f"did:web:127.0.0.1%3A{self.port}:dataspace:{self.slug}"

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/dataspace/{self.slug}/dsp/2025-1"

    def seed(self, other: "Station") -> None:
        """Make its organisation with a connector, a dataset where it is the holder, and the other one as partner."""
        told = {"slug": self.slug, "dataset": DATASET}
        code = _SEED.format(**told, other=other.participant_id, address=other.base)
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=self._environment,
            check=True,
        )

    def start(self) -> None:
        """Begin to serve."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.dataspace.stations", str(self.port)],
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def end(self) -> None:
        """Leave nothing of it."""
        if self.process:
            self.process.kill()
            self.process.wait()

    @property
    def is_dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def answers(self) -> bool:
        """Whether it tells which versions it speaks."""
        return is_answered(f"http://127.0.0.1:{self.port}/.well-known/dspace-version", 5)

    def tell(self, what: str, **told: Any) -> bool:
        """Make it do something; whether it said that it did."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/kit/{what}",
            json.dumps(told).encode(),
            {"Content-Type": "application/json"},
        )
        return is_answered(request, 10)

    def dies_at(self, kind: str, state: str, moment: str) -> None:
        """Let it die once when it comes into a state."""
        told = {"kind": kind, "state": state, "moment": moment}
        self.order.write_text(json.dumps(told))

    @property
    def order(self) -> Path:
        """The file that says where it dies; gone when it has."""
        return self.folder / ORDER

    def ask(self, question: str, *values: Any) -> list[Any]:
        """The rows that its database answers, also while it is dead."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            return connection.execute(question.encode(), values).fetchall()
