"""Speak with a runtime of EDC, on loopback: `python -m tests.dataspace.interop CLASSPATH`.

The runtime is whoever runs it has: its control plane with the management API, `dsp-2025` and `iam-mock`, all in memory. Nothing of
it is here. Fails where the two do not come to the same states, or data does not arrive.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

from tests.dataspace.interop.edc import (
    CONTENT,
    PARTICIPANT,
    DataPlane,
    Edc,
    data_plane,
    wait_for,
)
from tests.ports import free_port

_WORKER = """
import django
django.setup()
from katalysator.core.working import work
work(["outside"])
"""


def main(classpath: str) -> int:
    """Start both, and let each be provider and consumer."""
    if not classpath or shutil.which("java") is None:
        print("SKIPPED: no Java, or no EDC. Say where it is: make interop-edc EDC=<class path>")
        return 0
    with tempfile.TemporaryDirectory(prefix="kt-edc-") as folder:
        port = free_port()
        os.environ["KATALYSATOR_DATA"] = folder
        os.environ["KATALYSATOR_ADDRESS"] = f"http://127.0.0.1:{port}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.dataspace.interop.settings"
        from katalysator import postgres

        with postgres.running(Path(folder) / "postgres") as server:
            os.environ["DATABASE_URL"] = server.ensure("katalysator")
            _spoken(classpath, Path(folder), port)
    return 0


def _spoken(classpath: str, folder: Path, port: int) -> None:
    import django

    edc = Edc(classpath, folder)
    django.setup()
    from katalysator.running.migrating import migrate

    migrate()
    Thread(target=_serve, args=[port], daemon=True).start()
    worker = subprocess.Popen([sys.executable, "-c", _WORKER])
    try:
        wait_for(edc.answers, edc.log.read_text)
        with data_plane() as plane:
            edc.use_data_plane(f"{plane.address}/flows")
            course = Course(edc, plane)
            course.edc_provides()
            course.edc_consumes()
    finally:
        for each in (worker, edc.process):
            each.terminate()
            each.wait()


def _serve(port: int) -> None:
    import waitress
    from django.core.wsgi import get_wsgi_application

    waitress.serve(get_wsgi_application(), host="127.0.0.1", port=port, threads=8)


CONDITIONS: dict[str, dict[str, Any]] = {
    "urn:for-anybody": {},
    "urn:until": {"dateTime": ("lt", "2099-01-01T00:00:00Z"), "membership": ("eq", "outside")},
    "urn:purpose": {"purpose": ("isAnyOf", "research")},
}
"""The terms of each offer: EDC meets those of the first two; of what it wants it for it says nothing."""


def terms(conditions: dict[str, Any]) -> dict[str, Any]:
    """Use, on these conditions."""
    told = [
        {"leftOperand": left, "operator": operator, "rightOperand": right}
        for left, (operator, right) in conditions.items()
    ]
    return {"permission": [{"action": "use", "constraint": told}]}


class Course:
    """What is tried, step by step; each that went well is told."""

    def __init__(self, edc: Edc, plane: DataPlane) -> None:
        from katalysator.core.attachments import store
        from katalysator.dataspace.delivery.sources.file import ROOM
        from katalysator.dataspace.models import DatasetOffer, DataSource
        from tests.dataspace.world import connector, dataset

        self.edc, self.plane = edc, plane
        self.own = connector(name="Voorbeeld Lab")
        self.dataset = dataset(self.own)
        self.dataset.offers.all().delete()
        for name, conditions in CONDITIONS.items():
            DatasetOffer.objects.create(
                dataset=self.dataset, key=name, terms=terms(conditions), is_automatic=True
            )
        key = uuid4()
        with store.kept(ROOM, key, CONTENT):
            DataSource.objects.create(
                dataset=self.dataset, key=key, name="verbruik.csv", media_type="text/csv",
                size=len(CONTENT),
            )  # fmt: skip

    def edc_consumes(self) -> None:
        """EDC finds what we share, agrees with us on it, and fetches it."""
        whom, where = self.own.participant_id, self.own.base
        found = _list(self.edc.catalogue(whom, where)["dataset"])[0]
        assert found["@id"] == self.dataset.key, found
        _went_well("EDC reads our catalogue")
        offers = {each["@id"]: each for each in _list(found["hasPolicy"])}
        assert offers.keys() == CONDITIONS.keys()
        for name in ("urn:for-anybody", "urn:until"):
            negotiation = self.edc.negotiate(offers[name], self.dataset.key, whom, where)
            self._both("contractnegotiations", negotiation, "FINALIZED")
            _went_well(f"EDC asks us for a contract on {name}: FINALIZED on both sides")
        self._somebody_decides(offers["urn:purpose"])
        agreement = self.edc.agreement(negotiation)
        transfer = self.edc.transfer(agreement, whom, where, f"{self.plane.address}/events")
        self._both("transferprocesses", transfer, "STARTED")
        wait_for(lambda: self.plane.started(transfer) is not None, lambda: self.plane.told)
        address = self.plane.started(transfer) or {}
        assert _fetched(address) == (200, CONTENT), _fetched(address)
        _went_well("EDC fetches the data from us with the token that it was told")
        self.edc.say("transferprocesses", transfer, "suspend")
        self._both("transferprocesses", transfer, "SUSPENDED")
        assert _fetched(address)[0] == 403
        _went_well("EDC suspends: nothing is given out")
        self.edc.say("transferprocesses", transfer, "resume")
        self._both("transferprocesses", transfer, "STARTED")
        address = self.plane.started(transfer) or {}
        assert _fetched(address) == (200, CONTENT), _fetched(address)
        _went_well("EDC goes on, and gets the data again with the new token that we tell it")
        self._say("transfer", transfer, "completion")
        self._both("transferprocesses", transfer, "COMPLETED")
        _went_well("we complete: COMPLETED on both sides")
        transfer = self.edc.transfer(agreement, whom, where, f"{self.plane.address}/events")
        self._both("transferprocesses", transfer, "STARTED")
        self.edc.say("transferprocesses", transfer, "terminate")
        self._both("transferprocesses", transfer, "TERMINATED")
        _went_well("EDC terminates: TERMINATED on both sides")

    def _somebody_decides(self, offer: dict[str, Any]) -> None:
        """Where terms ask what EDC does not say, nothing goes by itself: once we say yes, once no, and once it gives up."""
        whom, where = self.own.participant_id, self.own.base
        for word, state in (("agreement", "FINALIZED"), ("termination", "TERMINATED"), ("", "TERMINATED")):  # fmt: skip
            key = self.edc.negotiate(offer, self.dataset.key, whom, where)
            self._both("contractnegotiations", key, "REQUESTED")
            if word:
                self._say("negotiation", key, word)
            else:
                self.edc.say("contractnegotiations", key, "terminate")
            self._both("contractnegotiations", key, state)
            _went_well(f"EDC asks for more, {f'we say {word}' if word else 'it gives up'}: {state}")

    def edc_provides(self) -> None:
        """We find what EDC shares, agree with it, and fetch it."""
        self.edc.offer("asset-1")
        found = self._catalogue()
        _went_well("we read its catalogue")
        row = self._ask(found)
        self._until(row, "FINALIZED")
        self._edc_is("contractnegotiations", row, "FINALIZED")
        _went_well("we ask EDC for a contract: FINALIZED on both sides")
        transfer = self._fetch(row)
        assert _fetched(_properties(transfer.data_address)) == (200, CONTENT), transfer.data_address
        _went_well("we fetch the data from EDC with the token that we were told")
        for word, state in (("suspension", "SUSPENDED"), ("start", "STARTED"), ("completion", "COMPLETED")):  # fmt: skip
            self._say("transfer", transfer.consumer_pid, word)
            self._until(transfer, state)
            self._edc_is("transferprocesses", transfer, state)
            _went_well(f"we say {word}: {state} on both sides")
        transfer = self._fetch(row)
        for word, state in (("suspend", "SUSPENDED"), ("resume", "STARTED"), ("terminate", "TERMINATED")):  # fmt: skip
            self.edc.say("transferprocesses", transfer.provider_pid, word)
            self._until(transfer, state)
            self._edc_is("transferprocesses", transfer, state)
            _went_well(f"EDC says {word}: {state} on both sides")

    def _both(self, what: str, key: str, state: str) -> None:
        """Wait until EDC and we are in a state, of what EDC calls so."""
        wait_for(
            lambda: (self.edc.state(what, key), self._row(what, key).state) == (state, state),
            lambda: (self.edc.ask(f"{what}/{key}"), _told(self._row(what, key))),
        )

    def _row(self, what: str, key: str) -> Any:
        from katalysator.dataspace.models import Negotiation, Transfer

        rows: Any = Negotiation if what == "contractnegotiations" else Transfer
        return rows.objects.filter(consumer_pid=key).first() or rows(state="unknown")

    def _say(self, kind: str, consumer_pid: str, word: str) -> None:
        from katalysator.dataspace.protocol.sending import RULE, send

        what = "transferprocesses" if kind == "transfer" else "contractnegotiations"
        send(self._row(what, consumer_pid), word, by=RULE)

    def _catalogue(self) -> dict[str, Any]:
        from katalysator.dataspace.protocol.doors import answer_to
        from katalysator.dataspace.protocol.messages import message
        from katalysator.dataspace.protocol.transport import say

        answer = say(
            self.own, "POST", self.edc.base, "catalog/request",
            to=PARTICIPANT, within=answer_to, told=message("CatalogRequestMessage"),
        )  # fmt: skip
        assert answer.is_good, answer
        (found,) = _list(answer.told["dataset"])
        assert found["@id"] == "asset-1", found
        return dict(found)

    def _ask(self, found: dict[str, Any]) -> Any:
        from katalysator.dataspace.models import Negotiation
        from katalysator.dataspace.models.processes import new_pid
        from katalysator.dataspace.protocol.sending import RULE, send

        offer = {**_list(found["hasPolicy"])[0], "@type": "Offer", "target": found["@id"]}
        row = Negotiation.objects.create(
            connector=self.own, role="consumer", consumer_pid=new_pid(), partner_id=PARTICIPANT,
            partner_address=self.edc.base, offer=offer,
        )  # fmt: skip
        return send(row, "request", by=RULE)

    def _fetch(self, negotiation: Any) -> Any:
        from katalysator.dataspace.models import Transfer
        from katalysator.dataspace.models.processes import new_pid
        from katalysator.dataspace.protocol.sending import RULE, send

        row = Transfer.objects.create(
            connector=self.own, role="consumer", consumer_pid=new_pid(), partner_id=PARTICIPANT,
            partner_address=self.edc.base, agreement=negotiation.agreement, format="HttpData-PULL",
        )  # fmt: skip
        send(row, "request", by=RULE)
        self._until(row, "STARTED")
        return row

    def _until(self, row: Any, state: str) -> None:
        def there() -> bool:
            row.refresh_from_db()
            return bool(row.state == state)

        wait_for(there, lambda: (state, _told(row), self.edc.log.read_text()[-1500:]))

    def _edc_is(self, what: str, row: Any, state: str) -> None:
        wait_for(
            lambda: self.edc.state(what, row.provider_pid) == state,
            lambda: (state, self.edc.ask(f"{what}/{row.provider_pid}")),
        )


def _told(row: Any) -> Any:
    if row.pk is None:
        return row.state
    said = row.exchanges.values_list("is_ours", "message", "status", "problem", "before", "after")
    return row.state, row.problem, row.outbox, list(said), getattr(row, "offer", None)


def _properties(address: dict[str, Any]) -> dict[str, Any]:
    told = {each["name"]: each["value"] for each in address["endpointProperties"]}
    return {**told, "endpoint": address["endpoint"]}


def _fetched(address: dict[str, Any]) -> tuple[int, bytes]:
    plain = {name.rpartition("/")[2]: told for name, told in address.items()}
    headers = {"Authorization": f"Bearer {plain['authorization']}"}
    request = urllib.request.Request(plain["endpoint"], headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _list(told: Any) -> list[Any]:
    return told if isinstance(told, list) else [told]


def _went_well(what: str) -> None:
    print(f"  ok  {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
