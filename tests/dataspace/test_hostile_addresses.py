"""Addresses of strangers: at every door that takes one, what leads to where only we can come is not spoken to."""

import base64
import json
import socket
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.conf import LazySettings

from katalysator.core import outgoing
from katalysator.core.outgoing import NotReached
from katalysator.dataspace.delivery.pushing import why_not_brought
from katalysator.dataspace.delivery.sources.http import asked_for
from katalysator.dataspace.delivery.sources.opened import SourceFault
from katalysator.dataspace.delivery.verbs import ask_to_bring, give_address
from katalysator.dataspace.models import (
    Agreement,
    Connector,
    Dataset,
    DatasetOffer,
    DataSource,
    Negotiation,
    Partner,
    Transfer,
)
from katalysator.dataspace.protocol.counterparts import document_address
from katalysator.dataspace.protocol.doors import answer_to
from katalysator.dataspace.protocol.identity import SignedTokens, Unrecognised
from katalysator.dataspace.protocol.messages import CONTEXT
from katalysator.dataspace.protocol.sending import RULE, send
from katalysator.dataspace.protocol.transport import say
from katalysator.faults import InvalidInput
from tests import builders
from tests.dataspace.elsewhere import elsewhere
from tests.dataspace.world import all_done, asking, connector, dataset

pytestmark = pytest.mark.django_db

ADDRESSES: Final = (
    "http://voorbeeld.example/", "file:///etc/passwd", "gopher://voorbeeld.example/", "ftp://voorbeeld.example/",
    "javascript:alert(1)", "//voorbeeld.example/", "https://", "",
    "https://naam:geheim@voorbeeld.example/", "https://voorbeeld.example@127.0.0.1/",
    "https://voorbeeld.example:22/", "https://voorbeeld.example:5432/", "https://voorbeeld.example:99999/",
    "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/",
    "https://0.0.0.0/", "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/", "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/", "https://[::1]/", "https://[fe80::1]/", "https://[fc00::1]/",
    "https://[::ffff:10.0.0.1]/", "https://[64:ff9b::10.0.0.1]/", "https://[2002:7f00:1::]/",
    "https://voorbeeld.example/\r\nHost: localhost", "https://voorbeeld.example\\@127.0.0.1/",
    "https://[", "https://voorbeeld.example:poort/", "https://[voorbeeld]/",
)  # fmt: skip
"""What is refused by how it is written, before anything is asked."""
NUMBERS: Final = (
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
)  # fmt: skip
"""Where a name may lead that looks like any other."""
HOSTS: Final = (
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "10.0.0.1", "169.254.169.254", "voorbeeld.example%3A22", "%5B%3A%3A1%5D",
    "naam%40voorbeeld.example", "", "%0d%0aHost",
)  # fmt: skip
"""Hosts that the name of a participant may say."""
NAME: Final = "https://voorbeeld.example/pad"


class _AskedError(AssertionError):
    """Something was asked of the network."""


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name is looked up and nothing is connected to, or it shows."""

    def never(*_asked: object, **_named: object) -> Any:
        raise _AskedError

    monkeypatch.setattr(outgoing, "_of_the_system", never)
    monkeypatch.setattr(socket, "create_connection", never)


@pytest.fixture
def leading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every name leads to the last of these; nothing is connected to."""
    numbers: list[str] = []

    def never(*_asked: object, **_named: object) -> Any:
        raise _AskedError

    monkeypatch.setattr(outgoing, "_of_the_system", lambda _host, _port: numbers[-1:])
    monkeypatch.setattr(socket, "create_connection", never)
    return numbers


def _raises(fault: type[Exception] | tuple[type[Exception], ...], do: Callable[[], object]) -> bool:
    try:
        do()
    except fault:
        return True
    return False


def _asked_for_contract(holder: Connector, offer: DatasetOffer, address: str) -> int:
    body = {
        "@context": [CONTEXT],
        "@type": "ContractRequestMessage",
        "consumerPid": "urn:uuid:1",
        "offer": {"@id": offer.key, "@type": "Offer", "target": offer.dataset.key, **offer.terms},
        "callbackAddress": address,
    }
    content = json.dumps(body).encode()
    said = answer_to(holder, "POST", "negotiations/request", content, speaker="urn:vreemd")
    return int(said.status)


def _asked_for_data(
    agreement: Agreement, callback: str, where: str | None = None, how: str = "HttpData-PUSH"
) -> int:
    body: dict[str, Any] = {
        "@context": [CONTEXT],
        "@type": "TransferRequestMessage",
        "consumerPid": f"urn:uuid:{len(callback)}-{callback[:80]}-{where}"[:200],
        "agreementId": agreement.key,
        "format": how if where is not None else "HttpData-PULL",
        "callbackAddress": callback,
    }
    if where is not None:
        body["dataAddress"] = _where(where)
    content = json.dumps(body).encode()
    speaker = agreement.partner_id
    said = answer_to(agreement.connector, "POST", "transfers/request", content, speaker=speaker)
    return int(said.status)


def _is_nobody(name: str, own: Connector) -> bool:
    """Whether a token of somebody is not believed, after its document was looked for."""
    said = base64.urlsafe_b64encode(json.dumps({"iss": name}).encode()).decode().rstrip("=")
    is_refused = _raises(Unrecognised, lambda: SignedTokens().speaker(f"Bearer e30.{said}.x", own))
    return is_refused and Partner.objects.get(participant_id=name).found_at is not None


def _where(address: str) -> dict[str, Any]:
    told = {"bucketName": "haven", "objectName": "x", "accessKeyId": "k", "secretAccessKey": "s"}
    properties = [
        {"@type": "EndpointProperty", "name": name, "value": value} for name, value in told.items()
    ]
    found = {"@type": "DataAddress", "endpointType": "HTTP", "endpoint": address or " "}
    return found | {"endpointProperties": properties}


def _agreed() -> tuple[Agreement, Agreement]:
    """An agreement, as who holds the data and as who wants it keep it."""
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = dataset(holder, formats=["HttpData-PULL", "HttpData-PUSH", "AmazonS3-PUSH"])
    DatasetOffer.objects.update(is_automatic=True)
    send(asking(user, holder, row), "request", by=RULE)
    all_done()
    return Agreement.objects.get(role="provider"), Agreement.objects.get(role="consumer")


def _holder(row: Dataset) -> Any:
    made = builders.person()
    row.connector.organisation.memberships.create(person=made, role="manager")
    return made


class TestHowItIsWritten:
    def test_there_are_enough(self) -> None:
        assert len(set(ADDRESSES)) >= 20

    def test_where_a_stranger_wants_to_be_answered(self, cut_off: None) -> None:
        holder = connector()
        offer = dataset(holder).offers.get()
        taken = [each for each in ADDRESSES if _asked_for_contract(holder, offer, each) != 400]
        assert (taken, Negotiation.objects.count()) == ([], 0)

    def test_where_a_consumer_wants_to_be_answered_of_data(self) -> None:
        here, _there = _agreed()
        taken = [each for each in ADDRESSES if _asked_for_data(here, each) != 400]
        assert (taken, Transfer.objects.count()) == ([], 0)

    @pytest.mark.parametrize("how", ["HttpData-PUSH", "AmazonS3-PUSH"])
    def test_where_a_consumer_wants_data_to_be_brought(self, how: str) -> None:
        here, there = _agreed()
        taken = [each for each in ADDRESSES if _asked_for_data(here, NAME, each, how) != 201]
        assert taken == []  # it is a request like any other, which is ended at once
        rows = Transfer.objects.filter(role="provider")
        assert [each.pk for each in rows if not why_not_brought(each)] == []
        assert {each.outbox["target"] for each in rows} == {"TERMINATED"}
        asked = [
            each
            for each in ADDRESSES
            if not _raises(InvalidInput, lambda: ask_to_bring(there, how, _where(each), by=RULE))  # noqa: B023
        ]  # fmt: skip
        assert asked == []

    def test_where_data_is_kept(self, cut_off: None) -> None:
        row = dataset(connector())
        who, keys = _holder(row), {"key": "k", "secret": "s"}
        for kind, address, secret in (
            ("http", "{}", {}),
            ("s3", "s3://bak/x", {"endpoint": "{}", **keys}),
        ):
            taken = []
            for each in filter(None, ADDRESSES):
                said = {name: value.replace("{}", each) for name, value in secret.items()}
                where = address.replace("{}", each)
                if not _raises(InvalidInput, lambda: give_address(row, kind, where, said, by=who)):  # noqa: B023
                    taken.append(each)
            assert taken == []
        assert not DataSource.objects.exists()

    def test_where_data_is_fetched_and_where_we_speak(self, cut_off: None) -> None:
        ours = connector()
        speaking = (
            lambda each: asked_for(each, {}, ""),
            lambda each: say(ours, "GET", each, "x", to="urn:vreemd", within=answer_to),
        )
        for speak in speaking:
            refused = [
                each
                for each in ADDRESSES
                if _raises((InvalidInput, SourceFault), lambda: speak(each))  # noqa: B023
            ]
            assert refused == list(ADDRESSES)

    def test_where_the_document_of_a_stranger_stands(self, cut_off: None) -> None:
        ours = connector()
        for host in HOSTS:
            name = f"did:web:{host}:dataspace:vreemd"
            Partner.objects.create(participant_id=name, name="Voorbeeld", address=NAME)
            assert _is_nobody(name, ours)
            address = document_address(name)
            assert address
            with pytest.raises(InvalidInput):
                outgoing.destination(address)


class TestWhereItLeads:
    def test_a_name_that_leads_behind_our_door_is_not_spoken_to(self, leading: list[str]) -> None:
        ours, row = connector(), dataset(connector(name="Voorbeeld Lab"))
        name, who = "did:web:voorbeeld.example", _holder(row)
        Partner.objects.create(participant_id=name, name="Voorbeeld", address=NAME)
        for number in NUMBERS:
            leading.append(number)
            Partner.objects.update(found_at=None)
            assert _is_nobody(name, ours)
            with pytest.raises(NotReached):
                say(ours, "GET", NAME, "x", to=name, within=answer_to)
            with pytest.raises(InvalidInput):
                give_address(row, "http", NAME, {}, by=who)
            with pytest.raises(NotReached):
                outgoing.opened("PUT", NAME, {}, body=[b"x"])
        assert not DataSource.objects.exists()

    def test_a_name_that_leads_elsewhere_a_moment_later_gains_nothing(
        self, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.OUTGOING_LOOPBACK = True
        answers = iter([["127.0.0.1"], ["169.254.169.254"], ["169.254.169.254"]])
        monkeypatch.setattr(outgoing, "_of_the_system", lambda _host, _port: next(answers))
        with elsewhere(b"x") as place:
            address = f"http://voorbeeld.example:{place.port}/"
            outgoing.opened("GET", address, {}).close()
            with pytest.raises(NotReached):
                outgoing.opened("GET", address, {})
        assert len(place.asked) == 1  # it was looked up once, and that is what was spoken to

    def test_no_door_goes_on_to_another_address(self, settings: LazySettings) -> None:
        settings.OUTGOING_LOOPBACK = True
        row = dataset(connector())
        with elsewhere(b"x", behaviour="elsewhere", status=302) as place:
            with pytest.raises(InvalidInput):
                give_address(row, "http", place.address, {}, by=_holder(row))
            stream = outgoing.opened("PUT", place.address, {"Content-Length": "1"}, body=[b"x"])
            stream.close()
        assert stream.status == 302
        assert len(place.asked) == 2

    def test_an_answer_without_an_end_is_not_read_to_it(self, settings: LazySettings) -> None:
        settings.OUTGOING_LOOPBACK = True
        ours = connector()
        with elsewhere(b"x" * (5 << 20)) as place:
            name = f"did:web:127.0.0.1%3A{place.port}"
            Partner.objects.create(participant_id=name, name="Voorbeeld", address=NAME)
            assert _is_nobody(name, ours)
            with pytest.raises(NotReached):
                say(ours, "GET", place.address, "x", to=name, within=answer_to)
        assert len(place.asked) == 2
