"""The scenarios of the conformance kit, one after another, against a peer that speaks by itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings

from katalysator.dataspace.models import (
    Agreement,
    Connector,
    Dataset,
    DatasetOffer,
    Negotiation,
    Transfer,
)
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.sending import RULE, send
from tests.dataspace.conformance.peer import USE, Peer, listening, message, path
from tests.dataspace.conformance.scenarios import SCENARIOS, Scenario
from tests.dataspace.conformance.script import PEER
from tests.dataspace.conformance.seed import FORMAT, agreed
from tests.dataspace.world import all_done, connector

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("as_the_kit_wants"),
]


@pytest.fixture
def as_the_kit_wants() -> Iterator[None]:
    with override_settings(
        DATASPACE_IDENTITY="tests.dataspace.conformance.script.AnybodyIsThePeer",
        DATASPACE_REACTIONS="tests.dataspace.conformance.script.follow_script",
        OUTGOING_LOOPBACK=True,
    ):
        yield


@pytest.fixture
def own() -> Connector:
    return connector(name="Voorbeeld Proefopstelling")


class _Course:
    """A scenario under way: who has said what, and which words of ours have been seen."""

    def __init__(self, scenario: Scenario, own: Connector, peer: Peer, client: Client) -> None:
        self.scenario, self.own, self.peer, self.client = scenario, own, peer, client
        self.pid: str | None = None
        self.seen = 0

    def begin(self) -> None:
        """Seed what it is about; a consumer of ours asks."""
        about = self.scenario.about
        if self.scenario.role == "provider":
            row = Dataset.objects.create(
                connector=self.own, key=about, title=about, formats=[FORMAT], is_published=True
            )
            DatasetOffer.objects.create(dataset=row, key=f"CD123:{about}:456", terms=USE)
        if self.scenario.kind == "transfer":
            agreed(self.own, about, self.scenario.role)
        if self.scenario.role == "consumer":
            row_ = self._asking()
            self.pid = row_.pid
            send(row_, "request", by=RULE)
            all_done()

    def _asking(self) -> Any:
        told: dict[str, Any] = {
            "connector": self.own, "role": "consumer", "consumer_pid": new_pid(),
            "partner_id": PEER, "partner_address": self.peer.address,
        }  # fmt: skip
        about = self.scenario.about
        if self.scenario.kind == "transfer":
            agreement = Agreement.objects.get(key=about)
            return Transfer.objects.create(**told, agreement=agreement, format=FORMAT)
        offer = {"@id": f"offer{about}", "@type": "Offer", "target": about, **USE}
        return Negotiation.objects.create(**told, offer=offer)

    def step(self, step: str) -> None:
        sign, word = step.split(" ")
        match sign:
            case ">":
                answer = self._say(word)
                assert answer.status_code in (200, 201), (step, answer.content)
                all_done()
            case "!":
                before = self._state()
                answer = self._say(word)
                assert 400 <= answer.status_code < 500, (step, answer.status_code)
                assert answer.status_code != 404
                assert answer.json()["@type"] in ("ContractNegotiationError", "TransferError")
                assert self._state() == before
            case "<":
                words = self.peer.words()
                assert words[self.seen : self.seen + 1] == [word], (step, words)
                self.seen += 1
            case "=":
                assert self._state() == word

    def _state(self) -> str:
        assert self.pid
        return self.peer.state(self.client, self.own, self.scenario.kind, self.pid)

    def _say(self, word: str) -> Any:
        kind, first = self.scenario.kind, self.pid is None
        told = message(kind, word, **self._told(word))
        answer = self.peer.say(self.client, self.own, path(kind, word, self.pid), told)
        if first:
            self.pid = answer.json()["providerPid"]
        return answer

    def _told(self, word: str) -> dict[str, Any]:
        is_provider, about = self.scenario.role == "provider", self.scenario.about
        pids = {"providerPid": self.pid, "consumerPid": self.peer.pid}
        if not is_provider:
            pids = {"providerPid": self.peer.pid, "consumerPid": self.pid}
        first = {name: pid for name, pid in pids.items() if pid}
        if self.pid is None:
            first["callbackAddress"] = self.peer.address
        if self.scenario.kind == "transfer":
            return first | ({"agreementId": about, "format": FORMAT} if word == "request" else {})
        if word in ("request", "offer"):
            key = f"CD123:{about}:456" if is_provider else f"offer{about}"
            return first | {"offer": {"@id": key, "@type": "Offer", "target": about, **USE}}
        if word == "agreement":
            policy = {"@id": new_pid(), "@type": "Agreement", "target": about, **USE}
            parties = {"assigner": PEER, "assignee": self.own.participant_id}
            return first | {"agreement": {**policy, **parties, "timestamp": "2026-01-01T12:00:00Z"}}
        return first


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.name)
def test_scenario(scenario: Scenario, own: Connector, client: Client) -> None:
    with listening() as peer:
        course = _Course(scenario, own, peer, client)
        course.begin()
        for step in scenario.steps:
            course.step(step)
        assert len(peer.heard) == course.seen
    assert not Negotiation.objects.exclude(outbox__isnull=True).exists()


def test_there_are_as_many_as_the_kit_has_but_for_its_catalogue() -> None:
    assert len(SCENARIOS) == 65 - 4
    assert len({each.name for each in SCENARIOS}) == len(SCENARIOS)
