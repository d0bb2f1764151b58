"""Connectors: opened by who manages the organisation, with new keys, and with participants elsewhere that each knows for itself."""

import json
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey

from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Membership, Person
from katalysator.dataspace.connectors import finding, verbs
from katalysator.dataspace.connectors.partner_facts import PartnerFacts, key_set
from katalysator.dataspace.models import Connector, Dataset, HarvestSource, Negotiation, Partner
from katalysator.dataspace.protocol.counterparts import public_keys
from katalysator.dataspace.protocol.keys import public_key
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.attack.steps import inside
from tests.dataspace.world import asking, connector, dataset

pytestmark = pytest.mark.django_db

PEER = "urn:peer:elsewhere"
KEYS = {"keys": [ECKey.generate_key("P-256", {"kid": "k1"}).as_dict(private=False)]}
FACTS = PartnerFacts(PEER, "Voorbeeld Elders", "https://peer.example/dsp", KEYS)


def managing(own: Connector) -> Person:
    made = builders.person()
    Membership.objects.create(person=made, organisation=own.organisation, role="manager")
    return made


def test_an_organisation_opens_one_connector_and_only_who_manages_it() -> None:
    owner = builders.organisation()
    member = builders.person(owner)
    with pytest.raises(NotAllowed):
        verbs.open_connector(owner, by=member)
    Membership.objects.filter(person=member).update(role="manager")
    manager = Person.objects.get(pk=member.pk)
    made = verbs.open_connector(owner, by=manager)
    assert public_keys(made.participant_id, made)["keys"]
    with pytest.raises(Conflict, match="already"):
        verbs.open_connector(owner, by=manager)


def test_who_does_not_take_part_opens_none() -> None:
    left = builders.organisation(state="left")
    with pytest.raises(NotAllowed):
        verbs.open_connector(left, by=builders.HOUSE)


def test_a_new_key_is_another() -> None:
    own = connector()
    before = public_key(own)
    made = verbs.renew_key(own, by=managing(own))
    assert public_key(made)["kid"] != before["kid"]
    assert made.key_at > own.key_at


def test_what_one_knows_of_somebody_elsewhere_another_does_not_believe() -> None:
    own, other = connector(), connector()
    verbs.add_partner(own, by=managing(own), facts=FACTS)
    assert public_keys(PEER, own) == KEYS
    assert public_keys(PEER, other) == {}


def test_a_block_is_of_one_connector_also_of_somebody_that_all_know() -> None:
    own, other = connector(), connector()
    known = Partner.objects.create(
        participant_id=PEER, name="x", address="https://x.example/", keys=KEYS
    )
    verbs.block_partner(own, known, by=managing(own))
    assert public_keys(PEER, own) == {}
    assert public_keys(PEER, other) == KEYS
    assert [each.is_blocked for each in Partner.objects.known_to(own)] == [True]
    mine = Partner.objects.get(connector=own)
    verbs.unblock_partner(own, mine, by=builders.HOUSE)
    assert public_keys(PEER, own) == KEYS
    with pytest.raises(Conflict):
        verbs.block_partner(other, mine, by=builders.HOUSE)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"address": "http://127.0.0.1/"}, "address"),
        ({"address": "ftp://peer.example/"}, "address"),
        ({"keys": {}}, "keys"),
        ({"name": ""}, "name"),
        ({"participant_id": "own"}, "participant_id"),
    ],
)
def test_whom_nothing_proves_or_who_is_here_is_refused(changed: dict[str, Any], place: str) -> None:
    own = connector()
    if changed.get("participant_id"):
        changed = {"participant_id": own.participant_id}
    told = {"participant_id": PEER, "name": "x", "address": FACTS.address, "keys": KEYS} | changed
    with pytest.raises(InvalidInput) as fault:
        verbs.add_partner(own, by=builders.HOUSE, facts=PartnerFacts(**told))
    assert fault.value.where == (place,)


@pytest.mark.parametrize(
    "case",
    {
        "nothing": "",
        "a list": "[]",
        "no keys": '{"keys": []}',
        "a word": '{"keys": ["x"]}',
        "half a key": '{"keys": [{"kty": "EC"}]}',
        "deep": "[" * 10_000,
        "no sign": json.dumps({"keys": [KEYS["keys"][0] | {"voor": "\0"}]}),
        "half a sign": json.dumps({"keys": [KEYS["keys"][0] | {"voor": "\ud800"}]}),
        "half a sign as it is": "\ud800",
        "no number": json.dumps({"keys": [KEYS["keys"][0] | {"voor": float("nan")}]}),
        "a secret": json.dumps({"keys": [OctKey.generate_key(256).as_dict()]}),
        "a private key": json.dumps({"keys": [ECKey.generate_key("P-256").as_dict(private=True)]}),
    }.items(),
    ids=lambda case: case[0],
)
def test_only_public_keys_are_taken(case: tuple[str, str]) -> None:
    with pytest.raises(InvalidInput) as fault:
        key_set(case[1])
    assert fault.value.where == ("keys",)


class TestAnAddressIsFound:
    DID = "did:web:peer.example:lab"
    SAID = {
        "https://peer.example/lab/did.json": {
            "id": DID,
            "service": [{"serviceEndpoint": "https://peer.example/lab/.well-known/dspace-version"}],
        },
        "https://peer.example/lab/.well-known/dspace-version": {
            "protocolVersions": [{"version": "x"}, {"version": "2025-1", "path": "/dsp/2025-1"}]
        },
    }

    def test_in_its_documents(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(finding, "_asked", self.SAID.__getitem__)
        assert finding.found_address(self.DID) == "https://peer.example/lab/dsp/2025-1"

    @pytest.mark.parametrize(
        "said", [{}, {"id": DID}, {"id": DID, "service": "x"}, {"id": "did:web:other"}]
    )
    def test_or_it_is_said_that_there_is_none(
        self, monkeypatch: pytest.MonkeyPatch, said: dict[str, Any]
    ) -> None:
        monkeypatch.setattr(finding, "_asked", lambda _address: said)
        with pytest.raises(InvalidInput, match="no connector"):
            finding.found_address(self.DID)

    def test_never_on_our_own_machines(self) -> None:
        for name in ("did:web:127.0.0.1", "did:web:localhost%3A5432", "urn:x"):
            with pytest.raises(InvalidInput):
                finding.found_address(name)


def test_the_page_shows_who_it_is_and_takes_somebody_elsewhere() -> None:
    own = connector()
    client, page = inside(managing(own)), own.get_absolute_url()
    seen = client.get(page).content.decode()
    assert own.participant_id in seen
    given = {
        "name": "Elders",
        "participant_id": PEER,
        "address": FACTS.address,
        "keys": json.dumps(KEYS),
    }
    assert client.post(page, {**given, "keys": "{}"}).status_code == 422
    assert client.post(page, given).status_code == 302
    pk = Partner.objects.get().pk
    for deed, word in (("block", "Hear it again"), ("unblock", "Block")):
        assert client.post(f"{page}partners/{pk}/{deed}/").status_code == 302
        assert word in client.get(page).content.decode()
    assert client.post(f"{page}key/").status_code == 302
    assert inside(builders.person(own.organisation)).get(page).status_code == 403


def test_of_two_that_become_one_what_both_shared_and_agreed_stays() -> None:
    kept, gone = connector(name="Voorbeeld Een"), connector(name="Voorbeeld Twee")
    mine, theirs = dataset(kept), dataset(gone, "urn:dataset:2")
    asked = asking(gone, kept, mine)
    Partner.objects.create(connector=gone, participant_id=PEER, name="x", address=FACTS.address)
    Partner.objects.create(connector=kept, participant_id=PEER, name="y", address=FACTS.address)
    merge(kept.organisation, gone.organisation, by=builders.HOUSE)
    assert Connector.objects.get() == kept
    assert {each.connector for each in Dataset.objects.all()} == {kept}
    assert Dataset.objects.filter(pk=theirs.pk).exists()
    assert Negotiation.objects.get(pk=asked.pk).connector == kept
    assert Partner.objects.get().name == "y"


def test_of_two_that_become_one_catalogues_elsewhere_are_read_on() -> None:
    kept, gone = connector(name="Voorbeeld Een"), connector(name="Voorbeeld Twee")

    def known(of: Connector | None, name: str) -> Partner:
        return Partner.objects.create(
            connector=of, participant_id=f"urn:{name}", name="x", address=FACTS.address
        )

    def read(of: Connector, whom: Partner) -> HarvestSource:
        return HarvestSource.objects.create(
            name=whom.participant_id, kind="dsp", connector=of, partner=whom
        )

    both, all_know = known(kept, "both"), known(None, "all")
    alone, twice = known(gone, "alone"), known(kept, "twice")
    overtaken, there = known(None, "overtaken"), known(gone, "overtaken")
    sources = [read(gone, alone), read(gone, all_know), read(gone, known(gone, "both"))]
    sources += [read(kept, twice), read(kept, overtaken)]
    read(gone, known(gone, "twice"))

    merge(kept.organisation, gone.organisation, by=builders.HOUSE)

    found = HarvestSource.objects.in_bulk()
    assert {each.pk for each in sources} == found.keys()
    assert [found[each.pk].partner for each in sources] == [alone, all_know, both, twice, there]
    assert {each.connector for each in found.values()} == {kept}
