"""A runtime of EDC on loopback, told what to do by its management API; its data plane is here."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

from tests.ports import free_port

PARTICIPANT: Final = "edc-peer"
PROTOCOL: Final = "dataspace-protocol-http:2025-1"
CONTENT: Final = b"uur;verbruik\n1;20\n2;22\n"
TOKEN: Final = "interop-token"
EDC: Final = {"@vocab": "https://w3id.org/edc/v0.0.1/ns/", "odrl": "http://www.w3.org/ns/odrl/2/"}
_DSPACE: Final = "https://w3id.org/dspace/v0.8/"
_HTTP: Final = "https://w3id.org/idsa/v4.1/HTTP"


class Edc:
    """The runtime: where it speaks, and what it is asked."""

    def __init__(self, classpath: str, folder: Path) -> None:
        self.log = folder / "edc.log"
        ports = {name: free_port() for name in ("", "management", "protocol", "control", "version")}
        self.base = f"http://127.0.0.1:{ports['protocol']}/dsp/2025-1"
        self._management = f"http://127.0.0.1:{ports['management']}/management"
        self._control = f"http://127.0.0.1:{ports['control']}/control"
        told = {
            "edc.participant.id": PARTICIPANT,
            "edc.hostname": "127.0.0.1",
            "edc.dsp.callback.address": f"http://127.0.0.1:{ports['protocol']}/dsp",
        }
        paths = {"": "/api", "protocol": "/dsp"}
        for name, port in ports.items():
            start = f"web.http.{name}".rstrip(".")
            told |= {f"{start}.port": str(port), f"{start}.path": paths.get(name, f"/{name}")}
        config = folder / "edc.properties"
        config.write_text("".join(f"{name}={value}\n" for name, value in told.items()))
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [
                    "java", f"-Dedc.fs.config={config}", "-cp", classpath,
                    "org.eclipse.edc.boot.system.runtime.BaseRuntime",
                ],
                stdout=log,
                stderr=log,
            )  # fmt: skip

    def answers(self) -> bool:
        """Whether it has begun."""
        if self.process.poll() is not None:
            raise SystemExit(f"EDC does not start:\n{self.log.read_text()[-3000:]}")
        return f"Runtime {''}" in self.log.read_text() and "ready" in self.log.read_text()

    def ask(self, path: str, told: dict[str, Any] | None = None) -> Any:
        """Ask its management API, by POST where something is told."""
        return _asked(f"{self._management}/v3/{path}", told)

    def use_data_plane(self, address: str) -> None:
        """Let it give out data by a data plane."""
        told = {
            "@context": EDC,
            "@type": "DataPlaneInstance",
            "@id": "interop",
            "url": address,
            "allowedSourceTypes": ["HttpData"],
            "allowedDestTypes": ["HttpData"],
            "allowedTransferTypes": ["HttpData-PULL"],
        }
        _asked(f"{self._control}/v1/dataplanes", told)

    def offer(self, key: str) -> None:
        """Share something with everybody, on terms without conditions."""
        everything: list[Any] = []
        self.ask("assets", {"@context": EDC, "@id": key, "properties": {"name": "Verbruik"},
                            "dataAddress": {"type": "HttpData", "baseUrl": "http://127.0.0.1:1/"}})  # fmt: skip
        policy = {
            "@context": "http://www.w3.org/ns/odrl.jsonld", "@type": "Set",
            "permission": [{"action": "use", "constraint": []}],
        }  # fmt: skip
        self.ask("policydefinitions", {"@context": EDC, "@id": "open", "policy": policy})
        self.ask("contractdefinitions", {
            "@context": EDC, "@id": "all", "accessPolicyId": "open", "contractPolicyId": "open",
            "assetsSelector": everything,
        })  # fmt: skip

    def catalogue(self, whom: str, where: str) -> dict[str, Any]:
        """What somebody shares, as it reads it."""
        told = {
            "@context": EDC, "counterPartyAddress": where, "counterPartyId": whom,
            "protocol": PROTOCOL,
        }  # fmt: skip
        found: dict[str, Any] = self.ask("catalog/request", told)
        return found

    def negotiate(self, offer: dict[str, Any], target: str, whom: str, where: str) -> str:
        """Ask for a contract on an offer of a catalogue; returns what it calls the negotiation."""
        policy = {
            **offer,
            "@context": "http://www.w3.org/ns/odrl.jsonld",
            "assigner": whom,
            "target": target,
        }
        told = {
            "@context": EDC, "@type": "ContractRequest", "counterPartyAddress": where,
            "protocol": PROTOCOL, "policy": policy,
        }  # fmt: skip
        return str(self.ask("contractnegotiations", told)["@id"])

    def transfer(self, agreement: str, whom: str, where: str, callback: str) -> str:
        """Ask for data under an agreement; its address is told to `callback`."""
        told = {
            "@context": EDC, "counterPartyAddress": where, "connectorId": whom,
            "contractId": agreement, "protocol": PROTOCOL, "transferType": "HttpData-PULL",
            "callbackAddresses": [{"transactional": False, "uri": callback, "events": ["transfer.process"]}],
        }  # fmt: skip
        return str(self.ask("transferprocesses", told)["@id"])

    def state(self, what: str, key: str) -> str:
        """The state of a negotiation or a transfer, as the protocol names it."""
        told = self.ask(f"{what}/{key}")
        state = str(told["state"])
        if state != "DEPROVISIONED":  # its own, after the end
            return state
        return "TERMINATED" if told.get("errorDetail") else "COMPLETED"

    def say(self, what: str, key: str, word: str) -> None:
        """Let it end, suspend or resume something."""
        told = {"@context": EDC, "@id": key, "reason": "proef"}
        if word == "terminate":
            kind = "TerminateNegotiation" if what == "contractnegotiations" else "TerminateTransfer"
            told |= {"@type": kind}
        self.ask(f"{what}/{key}/{word}", told)

    def agreement(self, negotiation: str) -> str:
        """What the agreement of a negotiation is called."""
        return str(self.ask(f"contractnegotiations/{negotiation}")["contractAgreementId"])


class DataPlane:
    """What gives out data for EDC, and hears what EDC tells of its own transfers."""

    def __init__(self) -> None:
        self.address = ""
        self.told: list[dict[str, Any]] = []

    def started(self, key: str) -> dict[str, Any] | None:
        """Where a transfer of EDC fetches its data, once it has been told."""
        for each in reversed(self.told):
            payload = each.get("payload", {})
            if payload.get("transferProcessId") == key and payload.get("dataAddress"):
                found: dict[str, Any] = payload["dataAddress"]["properties"]
                return found
        return None

    def answer(self, path: str, told: dict[str, Any]) -> dict[str, Any]:
        """Begin whatever is asked, or keep what is told."""
        if path == "/events":
            self.told.append(told)
            return {}
        return {
            "@context": EDC,
            "@type": "DataFlowResponseMessage",
            "provisioning": False,
            "dataAddress": self._address(),
        }

    def _address(self) -> dict[str, Any]:
        """Where data of EDC is fetched."""
        told = {"endpoint": f"{self.address}/data", "authorization": TOKEN, "authType": "bearer"}
        properties = [
            {
                "@type": f"{_DSPACE}EndpointProperty",
                f"{_DSPACE}name": name,
                f"{_DSPACE}value": value,
            }
            for name, value in told.items()
        ]
        return {
            "@type": f"{_DSPACE}DataAddress",
            f"{_DSPACE}endpointType": _HTTP,
            f"{_DSPACE}endpointProperties": properties,
        }


@contextmanager
def data_plane() -> Iterator[DataPlane]:
    """Serve it on loopback."""
    plane = DataPlane()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._give(200, json.dumps(plane.answer(self.path, json.loads(body or b"{}"))).encode())

        def do_GET(self) -> None:
            if self.path != "/data":
                self._give(204, b"")
            elif self.headers.get("Authorization") in (TOKEN, f"Bearer {TOKEN}"):
                self._give(200, CONTENT)
            else:
                self._give(403, b"")

        def _give(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    plane.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield plane
    finally:
        server.shutdown()


def wait_for(what: Callable[[], bool], told: Callable[[], object]) -> None:
    """Wait at most half a minute until something is so; end with what is told."""
    until = time.monotonic() + 30
    while not what():
        if time.monotonic() > until:
            raise SystemExit(f"waited in vain: {told()}")
        time.sleep(0.1)


def _asked(address: str, told: dict[str, Any] | None) -> Any:
    body = None if told is None else json.dumps(told).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    try:
        answer = urllib.request.urlopen(request, timeout=30).read()
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{address}: {error.code} {error.read().decode()[:2000]}") from None
    return json.loads(answer) if answer else None
