"""Who speaks: a token that its sender signed, for us, now, once. Anything else is nobody, and learns nothing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client, override_settings
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from katalysator.dataspace.models import Connector, HeardToken, Partner
from katalysator.dataspace.protocol.identity import SignedTokens, Unrecognised
from katalysator.dataspace.tasks import sweep
from tests.dataspace.world import connector, dataset

pytestmark = pytest.mark.django_db
PEER = "did:web:peer.example"


@pytest.fixture
def own() -> Connector:
    return connector(name="Voorbeeld Lab")


@pytest.fixture
def key() -> ECKey:
    return ECKey.generate_key("P-256", {"kid": "k1"})


@pytest.fixture
def partner(key: ECKey) -> Partner:
    keys = {"keys": [key.as_dict(private=False)]}
    return Partner.objects.create(
        participant_id=PEER, name="Voorbeeld Elders", address="https://peer.example/dsp", keys=keys
    )


def _claims(own: Connector, **changed: Any) -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp())
    told = {
        "iss": PEER, "sub": PEER, "aud": own.participant_id, "jti": uuid4().hex, "iat": now, "exp": now + 300,
    }  # fmt: skip
    return {name: each for name, each in (told | changed).items() if each is not None}


def _header(claims: dict[str, Any], key: ECKey, **header: Any) -> str:
    return f"Bearer {jwt.encode({'alg': 'ES256', 'kid': 'k1'} | header, claims, key)}"


@pytest.mark.usefixtures("partner")
def test_who_signs_with_a_key_of_the_register_is_known(own: Connector, key: ECKey) -> None:
    assert SignedTokens().speaker(_header(_claims(own), key), own) == PEER


@pytest.mark.usefixtures("partner")
def test_a_token_counts_once(own: Connector, key: ECKey) -> None:
    header = _header(_claims(own), key)
    SignedTokens().speaker(header, own)
    with pytest.raises(Unrecognised):
        SignedTokens().speaker(header, own)


def test_connectors_of_one_house_know_each_other_by_their_own_keys(own: Connector) -> None:
    other = connector(name="Voorbeeld Kliniek")
    header = SignedTokens().said_by(other, own.participant_id)
    assert SignedTokens().speaker(header, own) == other.participant_id
    with pytest.raises(Unrecognised):
        SignedTokens().speaker(SignedTokens().said_by(other, "did:web:elsewhere"), own)


HOUR = 3600
WRONG: dict[str, dict[str, Any]] = {
    "for somebody else": {"aud": "did:web:other.example"},
    "for nobody": {"aud": None},
    "of another subject": {"sub": "did:web:other.example"},
    "of nobody that we know": {
        "iss": "did:web:stranger.example",
        "sub": "did:web:stranger.example",
    },
    "of no name": {"iss": 12},
    "without a name of its own": {"jti": None},
    "with a name without end": {"jti": "x" * 301},
    "without an end": {"exp": None},
    "without a beginning": {"iat": None},
    "that is over": {"iat": 1_000_000, "exp": 1_000_300},
    "that counts for a year": {"exp": 4_000_000_000},
    "with an end that is no moment": {"exp": "soon"},
    "with an end beyond time": {"exp": 1e300},
}


@pytest.mark.usefixtures("partner")
@pytest.mark.parametrize("name", WRONG)
def test_a_token_is_nobodys(own: Connector, key: ECKey, name: str) -> None:
    with pytest.raises(Unrecognised):
        SignedTokens().speaker(_header(_claims(own, **WRONG[name]), key), own)


@pytest.mark.usefixtures("partner")
def test_another_key_proves_nothing(own: Connector, key: ECKey) -> None:
    forged = ECKey.generate_key("P-256", {"kid": "k1"})
    with pytest.raises(Unrecognised):
        SignedTokens().speaker(_header(_claims(own), forged), own)
    shared = OctKey.import_key(json.dumps(key.as_dict(private=False)))
    confused = jwt.encode({"alg": "HS256", "kid": "k1"}, _claims(own), shared)
    with pytest.raises(Unrecognised):
        SignedTokens().speaker(f"Bearer {confused}", own)
    unsigned = _header(_claims(own), key).rpartition(".")[0] + "."
    with pytest.raises(Unrecognised):
        SignedTokens().speaker(unsigned, own)


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic YTpi", "Bearer " + "e" * 20_000, "Bearer a.W10.c"]
)  # fmt: skip
def test_what_is_no_token_is_nobodys(own: Connector, header: str) -> None:
    with pytest.raises(Unrecognised):
        SignedTokens().speaker(header, own)


def test_who_is_blocked_is_not_heard(own: Connector, key: ECKey, partner: Partner) -> None:
    Partner.objects.filter(pk=partner.pk).update(is_blocked=True)
    with pytest.raises(Unrecognised):
        SignedTokens().speaker(_header(_claims(own), key), own)


@contextmanager
def _documents(told: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """A web server on loopback that has a did:web document."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"127.0.0.1%3A{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@override_settings(OUTGOING_LOOPBACK=True)
def test_a_partner_without_keys_is_known_by_the_document_of_its_did_which_is_asked_for_once(
    own: Connector, key: ECKey
) -> None:
    told: dict[str, Any] = {}
    with _documents(told) as (host, asked):
        did = f"did:web:{host}:club"
        told |= {
            "id": did,
            "verificationMethod": [
                {"id": f"{did}#k1", "type": "JsonWebKey2020", "publicKeyJwk": key.as_dict(private=False)}
            ],
        }  # fmt: skip
        Partner.objects.create(
            participant_id=did, name="Elders", address="https://peer.example/dsp"
        )
        for kid in ("k1", f"{did}#k1"):
            claims = _claims(own, iss=did, sub=did)
            assert SignedTokens().speaker(_header(claims, key, kid=kid), own) == did
        assert asked == ["/club/did.json"]
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
            told["id"] = "did:web:another"
            claims = _claims(own, iss=did, sub=did)
            with pytest.raises(Unrecognised):
                SignedTokens().speaker(_header(claims, key), own)
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6, seconds=11)):
            told["id"] = did  # what was not there is asked for again soon
            claims = _claims(own, iss=did, sub=did)
            assert SignedTokens().speaker(_header(claims, key), own) == did


def test_nobody_learns_which_processes_there_are(own: Connector, client: Client) -> None:
    dataset(own)
    base = f"/dataspace/{own.organisation.slug}/dsp/2025-1/"
    asked = client.post(f"{base}catalog/request", b"{}", "application/json")
    assert asked.status_code == 401
    assert asked.json()["@type"] == "CatalogError"
    for path in (
        "negotiations/request",
        "negotiations/urn:uuid:1/termination",
        "transfers/request",
    ):
        answer = client.post(base + path, b"{}", "application/json")
        assert answer.status_code == 404, path
        assert answer.json()["@type"] in ("ContractNegotiationError", "TransferError")


def test_versions_and_the_document_are_for_anybody(own: Connector, client: Client) -> None:
    slug = own.organisation.slug
    told = client.get("/.well-known/dspace-version").json()["protocolVersions"]
    assert [(each["version"], each["path"]) for each in told] == [
        ("2025-1", f"/dataspace/{slug}/dsp/2025-1")
    ]
    [one] = client.get(f"/dataspace/{slug}/.well-known/dspace-version").json()["protocolVersions"]
    assert one["path"] == "/dsp/2025-1"
    document = client.get(f"/dataspace/{slug}/did.json").json()
    assert document["id"] == own.participant_id
    assert "d" not in document["verificationMethod"][0]["publicKeyJwk"]
    assert client.get("/dataspace/nobody/did.json").status_code == 404


def test_tokens_that_count_no_more_are_forgotten_at_night() -> None:
    now = datetime.now(UTC)
    for name, until in (("old", now - timedelta(hours=1)), ("new", now + timedelta(hours=1))):
        HeardToken.objects.create(issuer=PEER, key=name, until=until)
    sweep(int(now.timestamp()))
    assert [each.key for each in HeardToken.objects.all()] == ["new"]
