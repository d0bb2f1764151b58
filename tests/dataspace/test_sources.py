"""Data that is kept elsewhere: given through us as if it were here, and its place tried before it is kept."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from django.conf import LazySettings
from django.test import Client
from moto.server import ThreadedMotoServer

from katalysator.core import outgoing
from katalysator.core.models import Event
from katalysator.dataspace.delivery import giving
from katalysator.dataspace.delivery.sources.secrets import secret_of
from katalysator.dataspace.delivery.verbs import give_address
from katalysator.dataspace.models import (
    Agreement,
    Connector,
    Dataset,
    DatasetOffer,
    DataSource,
    DataUse,
    Transfer,
)
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.sending import RULE, send
from katalysator.faults import InvalidInput, NotAllowed
from tests import builders
from tests.dataspace.elsewhere import Elsewhere, elsewhere
from tests.dataspace.world import all_done, asking, connector, dataset

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 20
KEYS = {"key": "sleutel", "secret": "geheim", "region": "eu-west-1"}


@pytest.fixture(autouse=True)
def near(settings: LazySettings) -> None:
    """The operator lets the house speak to this machine."""
    settings.OUTGOING_LOOPBACK = True


@pytest.fixture
def place() -> Iterator[Elsewhere]:
    with elsewhere(CONTENT) as found:
        yield found


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """A store that speaks S3, with an object in a bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name=KEYS["region"],
        aws_access_key_id=KEYS["key"],
        aws_secret_access_key=KEYS["secret"],
        config=Config(s3={"addressing_style": "path"}),
    )
    client.create_bucket(
        Bucket="bak", CreateBucketConfiguration={"LocationConstraint": KEYS["region"]}
    )
    client.put_object(Bucket="bak", Key="jaar 2026/metingen.csv", Body=CONTENT)
    yield address
    server.stop()


def manager_of(row: Dataset) -> Any:
    made = builders.person()
    row.connector.organisation.memberships.create(person=made, role="manager")
    return made


def given(row: Dataset, kind: str, address: str, **secret: str) -> DataSource:
    return give_address(row, kind, address, secret, by=manager_of(row))


def running(row: Dataset, holder: Connector) -> Transfer:
    """A transfer of a dataset that runs: the side of who fetches."""
    user = connector(name="Voorbeeld Kliniek")
    DatasetOffer.objects.update(is_automatic=True)
    send(asking(user, holder, row), "request", by=RULE)
    all_done()
    mine = Transfer.objects.create(
        connector=user, role="consumer", consumer_pid=new_pid(), partner_id=holder.participant_id,
        partner_address=holder.base, agreement=Agreement.objects.get(role="consumer"), format="HttpData-PULL",
    )  # fmt: skip
    send(mine, "request", by=RULE)
    all_done()
    mine.refresh_from_db()
    return mine


def fetch(client: Client, mine: Transfer, **headers: str) -> Any:
    told = {each["name"]: each["value"] for each in mine.data_address["endpointProperties"]}
    where = mine.data_address["endpoint"]
    bearer = f"Bearer {told['authorization']}"
    return client.get(
        where[where.index("/dataspace/") :], headers={"authorization": bearer} | headers
    )


class TestOnTheWeb:
    def test_it_is_given_as_if_it_were_here_and_nothing_of_it_is_kept(
        self, client: Client, place: Elsewhere
    ) -> None:
        holder = connector()
        row = dataset(holder)
        given(row, "http", place.address, name="X-Key", value="geheim")
        mine = running(row, holder)
        answer = fetch(client, mine)
        assert b"".join(answer.streaming_content) == CONTENT
        assert (answer["Content-Type"], answer["Content-Length"]) == ("text/csv", "5120")
        assert place.asked[-1]["X-Key"] == "geheim"
        use = DataUse.objects.get()
        assert (use.sent, use.ended) == (len(CONTENT), "")

    def test_a_part_is_asked_for_there(self, client: Client, place: Elsewhere) -> None:
        holder = connector()
        row = dataset(holder)
        given(row, "http", place.address)
        mine = running(row, holder)
        answer = fetch(client, mine, Range="bytes=10-19")
        assert (answer.status_code, answer["Content-Range"]) == (206, "bytes 10-19/5120")
        assert b"".join(answer.streaming_content) == CONTENT[10:20]
        assert place.asked[-1]["Range"] == "bytes=10-19"
        assert fetch(client, mine, Range="bytes=99999-").status_code == 416
        assert [each.ended for each in DataUse.objects.all()] == ["", "no-part"]

    def test_without_a_length_it_comes_as_long_as_it_comes(
        self, client: Client, place: Elsewhere
    ) -> None:
        holder = connector()
        row = dataset(holder)
        given(row, "http", place.address)
        mine = running(row, holder)
        place.behaviour = "chunked"
        answer = fetch(client, mine)
        assert "Content-Length" not in answer
        assert b"".join(answer.streaming_content) == CONTENT

    def test_what_comes_in_small_pieces_goes_out_in_whole_blocks(
        self, client: Client, place: Elsewhere, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(giving, "BLOCK", 3_000)
        holder = connector()
        row = dataset(holder)
        given(row, "http", place.address)
        mine = running(row, holder)
        place.behaviour = "chunked"
        assert [len(each) for each in fetch(client, mine).streaming_content] == [3_000, 2_120]
        monkeypatch.setattr(giving, "LOOK", 0)  # nobody waits for more
        sizes = [len(each) for each in fetch(client, mine).streaming_content]
        assert (len(sizes) > 2, sum(sizes)) == (True, len(CONTENT))

    @pytest.mark.parametrize("behaviour", ["error", "elsewhere", "packed", "short"])
    def test_a_source_that_does_not_give_it_is_told_of_plainly_and_is_no_use(
        self, client: Client, place: Elsewhere, behaviour: str
    ) -> None:
        once = {"leftOperand": "count", "operator": "lteq", "rightOperand": "1"}
        holder = connector()
        row = dataset(holder)
        DatasetOffer.objects.update(terms={"permission": [{"action": "use", "constraint": [once]}]})
        given(row, "http", place.address)
        mine = running(row, holder)
        place.behaviour = behaviour
        answer = fetch(client, mine)
        assert answer.status_code == 502
        assert answer.json() == {"reason": "the data cannot be had where it is kept"}
        assert (DataUse.objects.get().sent, DataUse.objects.get().ended) == (0, "source")
        place.behaviour = "usual"
        assert b"".join(fetch(client, mine).streaming_content) == CONTENT
        assert fetch(client, mine).status_code == 403

    @pytest.mark.parametrize("behaviour", ["torn", "broken"])
    def test_what_breaks_off_there_never_looks_whole(
        self, client: Client, place: Elsewhere, behaviour: str
    ) -> None:
        holder = connector()
        row = dataset(holder)
        given(row, "http", place.address)
        mine = running(row, holder)
        place.behaviour = behaviour
        answer = fetch(client, mine)
        if behaviour == "torn":
            with pytest.raises(giving.BrokenOff):
                b"".join(answer.streaming_content)
        else:
            assert len(b"".join(answer.streaming_content)) < int(answer["Content-Length"])
        assert DataUse.objects.get().ended == "source"

    def test_what_is_stopped_while_it_comes_ends_there(
        self, client: Client, place: Elsewhere, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        holder = connector()
        row = dataset(holder)
        given(row, "http", place.address)
        mine = running(row, holder)
        monkeypatch.setattr(giving, "LOOK", 0.0)
        monkeypatch.setattr(giving, "BLOCK", 1_000)
        blocks = iter(fetch(client, mine).streaming_content)
        first = next(blocks)
        send(Transfer.objects.get(role="provider"), "suspension", by=RULE)
        assert len(first + b"".join(blocks)) < len(CONTENT)
        assert DataUse.objects.get().ended == "not-running"


class TestInAStore:
    def test_an_object_is_given_whole_and_in_parts(self, client: Client, store: str) -> None:
        holder = connector()
        row = dataset(holder)
        made = given(row, "s3", "s3://bak/jaar 2026/metingen.csv", endpoint=store, **KEYS)
        assert (made.size, made.name) == (len(CONTENT), "metingen.csv")
        mine = running(row, holder)
        assert b"".join(fetch(client, mine).streaming_content) == CONTENT
        answer = fetch(client, mine, Range="bytes=-5")
        assert (answer.status_code, b"".join(answer.streaming_content)) == (206, CONTENT[-5:])

    def test_an_object_that_is_not_there_is_refused(self, store: str) -> None:
        row = dataset(connector())
        with pytest.raises(InvalidInput) as refused:
            given(row, "s3", "s3://bak/niets.csv", endpoint=store, **KEYS)
        assert (refused.value.where, refused.value.code) == (("address",), "source-answer")


class TestSayingWhereItIs:
    def test_what_opens_it_is_kept_sealed_and_told_to_nobody(self, place: Elsewhere) -> None:
        row = dataset(connector())
        made = given(row, "http", place.address, name="Authorization", value="Bearer geheim")
        made.refresh_from_db()
        assert "geheim" not in made.secret
        assert secret_of(made) == {"name": "Authorization", "value": "Bearer geheim"}
        event = Event.objects.get(verb="dataset.give-address")
        assert event.after == {"kind": "http", "host": "127.0.0.1"}
        row.refresh_from_db()
        assert row.formats == ["HttpData-PULL", "HttpData-PUSH", "AmazonS3-PUSH"]
        assert (made.name, made.media_type, made.size) == ("metingen.csv", "text/csv", len(CONTENT))

    @pytest.mark.parametrize(
        ("kind", "address", "secret", "field"),
        [
            ("ftp", "https://voorbeeld.example/", {}, "kind"),
            ("http", "ftp://voorbeeld.example/", {}, "address"),
            ("http", "https://voorbeeld.example/", {"name": "Host", "value": "x"}, "name"),
            ("http", "https://voorbeeld.example/", {"name": "X Y", "value": "x"}, "name"),
            ("http", "https://voorbeeld.example/", {"name": "X", "value": "a\r\nHost: x"}, "value"),
            ("s3", "s3://bak/x", {}, "key"),
            ("s3", "s3://bak", KEYS, "address"),
            ("s3", "s3://bak/../x", KEYS, "address"),
            ("s3", "https://bak/x", KEYS, "address"),
            ("s3", "s3://bak/x", {**KEYS, "endpoint": "gopher://x/"}, "endpoint"),
            ("s3", f"s3://bak/{'x' * 490}", KEYS, "endpoint"),
        ],
    )
    def test_what_cannot_be_spoken_to_is_refused_where_it_is_said(
        self, kind: str, address: str, secret: dict[str, str], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            given(dataset(connector()), kind, address, **secret)
        assert refused.value.where == (field,)
        assert not DataSource.objects.exists()

    @pytest.mark.parametrize("behaviour", ["error", "elsewhere", "packed", "short"])
    def test_a_place_that_does_not_give_its_first_byte_is_not_kept(
        self, place: Elsewhere, behaviour: str
    ) -> None:
        place.behaviour = behaviour
        with pytest.raises(InvalidInput):
            given(dataset(connector()), "http", place.address)
        assert not DataSource.objects.exists()

    def test_nobody_says_it_of_what_another_organisation_holds(self, place: Elsewhere) -> None:
        row = dataset(connector())
        stranger = builders.person(builders.organisation(name="Voorbeeld Ander"))
        with pytest.raises(NotAllowed):
            give_address(row, "http", place.address, {}, by=stranger)
        assert place.asked == []


class TestPatience:
    def test_who_says_nothing_or_hardly_anything_is_not_waited_for(
        self, place: Elsewhere, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place.behaviour, place.pause = "silent", 2.0
        with pytest.raises(outgoing.NotReached) as late:
            outgoing.opened("GET", place.address, {}, patience=0.3)
        assert late.value.code == "late"
        place.behaviour, place.pause = "slow", 0.1
        stream = outgoing.opened("GET", place.address, {}, idle=0.5)
        with pytest.raises(outgoing.NotReached):
            list(iter(lambda: stream.read(1_000), b""))
        stream.close()
