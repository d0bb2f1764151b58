"""Data that is brought to its consumer: by a job, as long as it may, and again where nobody takes it."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from django.conf import LazySettings
from django.core.exceptions import FieldError
from django.db import connection
from moto.server import ThreadedMotoServer

from katalysator.core.attachments import store
from katalysator.dataspace.catalogues.verbs import begin_transfer
from katalysator.dataspace.delivery import giving, pushing
from katalysator.dataspace.delivery.sources.file import ROOM
from katalysator.dataspace.delivery.tokens import PULL, DataToken
from katalysator.dataspace.delivery.verbs import ask_to_bring
from katalysator.dataspace.models import (
    Agreement,
    DatasetOffer,
    DataSource,
    DataUse,
    PolicyDecision,
    Transfer,
)
from katalysator.dataspace.protocol import sending
from katalysator.dataspace.protocol.sending import RULE, send
from katalysator.dataspace.protocol.transport import PartnerAnswer
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.dataspace.elsewhere import Elsewhere, elsewhere
from tests.dataspace.world import all_done, asking, connector, dataset
from tests.webhooks.steps import done, waiting

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 20


@pytest.fixture(autouse=True)
def near(settings: LazySettings) -> None:
    """The operator lets the house speak to this machine."""
    settings.OUTGOING_LOOPBACK = True


@pytest.fixture
def place() -> Iterator[Elsewhere]:
    with elsewhere() as found:
        yield found


def agreed(terms: dict[str, Any] | None = None) -> Agreement:
    """An agreement on a dataset with a file, as its consumer keeps it."""
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = dataset(holder, formats=["HttpData-PULL", "HttpData-PUSH", "AmazonS3-PUSH"])
    DatasetOffer.objects.update(is_automatic=True, **({"terms": terms} if terms else {}))
    key = uuid4()
    with store.kept(ROOM, key, CONTENT):
        DataSource.objects.create(
            dataset=row, key=key, name="metingen.csv", media_type="text/csv", size=len(CONTENT)
        )
    send(asking(user, holder, row), "request", by=RULE)
    all_done()
    return Agreement.objects.get(role="consumer")


def where(address: str, **told: str) -> dict[str, Any]:
    """A DataAddress of the protocol."""
    properties = [
        {"@type": "EndpointProperty", "name": name, "value": value} for name, value in told.items()
    ]
    found = {"@type": "DataAddress", "endpointType": "https://w3id.org/idsa/v4.1/HTTP"}
    return found | {"endpoint": address} | ({"endpointProperties": properties} if told else {})


def brought(agreement: Agreement, address: dict[str, Any], how: str = "HttpData-PUSH") -> Transfer:
    """A transfer after all that could be done was done: the side of who holds the data."""
    ask_to_bring(agreement, how, address, by=RULE)
    all_done()
    return Transfer.objects.get(role="provider")


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_it_is_brought_to_the_address_with_its_token_and_the_transfer_is_done(
    place: Elsewhere, method: str
) -> None:
    row = brought(agreed(), where(place.address, authorization="geheim", method=method))
    assert place.brought == [CONTENT]
    (asked,) = place.asked
    assert (asked["method"], asked["Authorization"]) == (method, "Bearer geheim")
    assert (asked["Content-Type"], asked["Content-Length"]) == ("text/csv", str(len(CONTENT)))
    assert [each.state for each in Transfer.objects.all()] == ["COMPLETED", "COMPLETED"]
    use = DataUse.objects.get()
    assert (use.count, use.sent, use.ended, use.asked) == (1, len(CONTENT), "", "push")
    assert use.transfer == row
    assert "geheim" not in str(list(Transfer.objects.values_list("data_address", "heard")))


def test_what_opens_an_address_is_kept_sealed_while_the_transfer_runs() -> None:
    ask_to_bring(
        agreed(), "HttpData-PUSH", where("http://127.0.0.1:1/", authorization="geheim"), by=RULE
    )
    told = list(Transfer.objects.values_list("data_address", "heard", "outbox"))
    assert "geheim" in str(told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data_address, heard, outbox FROM dataspace_transfer")
        kept = str(cursor.fetchall())
    assert "geheim" not in kept
    assert "127.0.0.1:1" not in kept


def test_what_is_sealed_is_not_looked_for_by_its_value() -> None:
    row = ask_to_bring(agreed(), "HttpData-PUSH", where("http://127.0.0.1:1/"), by=RULE)
    assert Transfer.objects.get(data_address__isnull=False) == row
    for lookup in ("data_address", "data_address__contains", "data_address__in"):
        with pytest.raises(FieldError, match="SealedJSON"):
            Transfer.objects.filter(**{lookup: row.data_address})


def test_what_was_sealed_with_another_key_of_the_site_is_gone(settings: Any) -> None:
    row = ask_to_bring(agreed(), "HttpData-PUSH", where("http://127.0.0.1:1/"), by=RULE)
    settings.SECRET_KEY = f"{settings.SECRET_KEY}, another"
    assert Transfer.objects.get(pk=row.pk).data_address is None


def test_an_object_is_put_in_a_store_with_the_keys_of_its_consumer() -> None:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="sleutel",
        aws_secret_access_key="geheim",
        config=Config(s3={"addressing_style": "path"}),
    )
    client.create_bucket(Bucket="haven")
    told = {
        "region": "us-east-1",
        "bucketName": "haven",
        "objectName": "binnen/metingen 1.csv",
        "accessKeyId": "sleutel",
        "secretAccessKey": "geheim",
    }
    try:
        assert brought(agreed(), where(endpoint, **told), "AmazonS3-PUSH").state == "COMPLETED"
        there = client.get_object(Bucket="haven", Key="binnen/metingen 1.csv")
        assert (there["Body"].read(), there["ContentType"]) == (CONTENT, "text/csv")
    finally:
        server.stop()


def test_what_nobody_takes_is_brought_again_and_then_ended_with_the_reason(
    place: Elsewhere,
) -> None:
    place.status = 500
    row = brought(agreed(), where(place.address))
    assert len(place.brought) == 1 + len(pushing.PAUSES)
    assert (row.state, row.reason) == ("TERMINATED", "the other side answers 500")
    assert Transfer.objects.get(role="consumer").reason == row.reason
    assert {each.count for each in DataUse.objects.all()} == {1}


def test_a_try_that_came_to_nothing_is_told_on_the_process_with_the_next(place: Elsewhere) -> None:
    place.status = 503
    ask_to_bring(agreed(), "HttpData-PUSH", where(place.address), by=RULE)
    all_but_later()
    row = Transfer.objects.get(role="provider")
    assert (row.state, row.tries, row.problem) == ("STARTED", 1, "the other side answers 503")
    assert row.next_at is not None
    place.status = 200
    pushing.bring(row, 0)  # a job of before, done twice
    assert len(place.brought) == 1
    pushing.bring(row, 1)
    assert len(place.brought) == 2
    all_done()
    row.refresh_from_db()
    assert (row.state, row.problem) == ("COMPLETED", "")


def test_once_is_once_however_often_it_is_tried_and_twice_is_refused(place: Elsewhere) -> None:
    once = {"leftOperand": "count", "operator": "lteq", "rightOperand": "1"}
    agreement = agreed({"permission": [{"action": "use", "constraint": [once]}]})
    place.status = 500
    ask_to_bring(agreement, "HttpData-PUSH", where(place.address), by=RULE)
    all_but_later()
    place.status = 200
    all_done()
    assert Transfer.objects.get(role="provider").state == "COMPLETED"
    ask_to_bring(agreement, "HttpData-PUSH", where(place.address), by=RULE)
    all_done()
    second = Transfer.objects.filter(role="provider").order_by("pk").last()
    assert second
    assert (second.state, second.reason) == ("TERMINATED", "the terms do not allow it now")
    assert len(place.brought) == 2
    assert not PolicyDecision.objects.filter(step="use").first().is_allowed  # type: ignore[union-attr]


def test_what_was_tried_in_vain_counts_once_and_not_at_all_where_nothing_was_taken(
    place: Elsewhere,
) -> None:
    twice = {"leftOperand": "count", "operator": "lteq", "rightOperand": "2"}
    agreement = agreed({"permission": [{"action": "use", "constraint": [twice]}]})
    closed = where("http://127.0.0.1:9/")
    states = []
    for status, address in ((0, closed), (500, where(place.address)), (200, where(place.address))):
        place.status = status
        ask_to_bring(agreement, "HttpData-PUSH", address, by=RULE)
        all_done()
        row = Transfer.objects.filter(role="provider").order_by("pk").last()
        assert row
        states.append((row.state, row.uses.count(), set(row.uses.values_list("count", flat=True))))
    tries = 1 + len(pushing.PAUSES)
    assert states == [
        ("TERMINATED", tries, {1}),
        ("TERMINATED", tries, {1}),
        ("COMPLETED", 1, {2}),
    ]


def test_what_is_brought_is_never_fetched_too(place: Elsewhere) -> None:
    place.status = 503
    ask_to_bring(agreed(), "HttpData-PUSH", where(place.address), by=RULE)
    all_but_later()
    row = Transfer.objects.get(role="provider")
    token = DataToken(row.pid, row.agreement.key, row.partner_id)
    with pytest.raises(giving.NotGiven):
        giving.give(row.connector, row.pid, token, "")
    assert DataUse.objects.get().asked == "push"


def test_what_is_stopped_while_it_is_brought_breaks_off_and_goes_on_when_it_is_resumed(
    place: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "BLOCK", 1_000)
    monkeypatch.setattr(giving, "LOOK", 0.0)
    agreement = agreed()
    looks = iter(["", "", "", "not-running"])
    usual = giving.may_go_on

    def stopped(transfer: Transfer) -> str:
        if (said := next(looks, None)) == "not-running":
            send(transfer, "suspension", by=RULE, reason="Even niet")
        return said if said is not None else usual(transfer)

    monkeypatch.setattr(giving, "may_go_on", stopped)
    row = brought(agreement, where(place.address))
    assert row.state == "SUSPENDED"
    assert all(len(each) < len(CONTENT) for each in place.brought)
    assert DataUse.objects.get().ended == "not-running"
    send(row, "start", by=RULE)
    all_done()
    row.refresh_from_db()
    assert (row.state, place.brought[-1]) == ("COMPLETED", CONTENT)


def test_what_is_taken_too_slowly_is_broken_off(
    place: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "PATIENCE", -1)
    ask_to_bring(agreed(), "HttpData-PUSH", where(place.address), by=RULE)
    all_but_later()
    assert Transfer.objects.get(role="provider").problem == "It was taken too slowly."


def test_a_source_that_gives_nothing_is_tried_again(place: Elsewhere) -> None:
    agreement = agreed()
    DataSource.objects.update(kind="http", address=place.address)
    place.content, place.behaviour = CONTENT, "short"
    ask_to_bring(agreement, "HttpData-PUSH", where(place.address), by=RULE)
    all_but_later()
    row = Transfer.objects.get(role="provider")
    assert (row.state, row.problem) == ("STARTED", "The data could not be read where it is kept.")
    assert (DataUse.objects.get().ended, place.brought) == ("source", [])
    place.behaviour = "usual"
    all_done()
    assert place.brought == [CONTENT]


@pytest.mark.parametrize("how", ["HttpData-PUSH", "HttpData-PULL"])
def test_what_was_to_stand_still_goes_on_where_the_other_side_refuses_that(
    place: Elsewhere, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    agreement = agreed()
    mine = begin_transfer(
        agreement, how, by=RULE, data_address=where(place.address) if "PUSH" in how else None
    )
    with monkeypatch.context() as patched:
        patched.setattr(pushing, "bring", lambda *_asked: None)
        all_done()
    row = Transfer.objects.get(role="provider")
    starts = row.exchanges.filter(message="start").count()
    send(row, "suspension", by=RULE, reason="Even niet")
    with monkeypatch.context() as patched:
        patched.setattr(sending, "say", lambda *_asked, **_named: PartnerAnswer(400, {}))
        for job in waiting():
            done(job)
    all_done()
    row.refresh_from_db()
    mine.refresh_from_db()
    assert row.exchanges.filter(message="start").count() == starts
    assert (row.state, place.brought) == (
        ("COMPLETED", [CONTENT]) if "PUSH" in how else ("STARTED", [])
    )
    assert mine.state == row.state


def test_what_takes_too_long_ends_the_transfer_for_another_try_would_take_as_long(
    place: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "LONGEST", -1)
    row = brought(agreed(), where(place.address))
    assert (row.state, row.reason) == ("TERMINATED", "It took longer than a quarter of an hour.")
    assert len(place.brought) == 1


def test_an_address_to_which_nothing_can_be_brought_ends_the_transfer_at_once() -> None:
    agreement = agreed()
    mine = ask_to_bring(agreement, "HttpData-PUSH", where("http://127.0.0.1:9/x"), by=RULE)
    mine.outbox["body"]["dataAddress"] = where("file:///etc/passwd")
    mine.save()
    all_done()
    row = Transfer.objects.get(role="provider")
    assert row.state == "TERMINATED"
    assert row.reason.startswith("dataAddress: This is no address that we can send to.")


def test_it_is_brought_once_to_an_address_and_also_to_another(place: Elsewhere) -> None:
    agreement, there = agreed(), where(place.address, authorization="x")
    first = ask_to_bring(agreement, "HttpData-PUSH", there, by=RULE)
    assert ask_to_bring(agreement, "HttpData-PUSH", there, by=RULE) == first
    other = where(f"{place.address}/other", authorization="x")
    assert ask_to_bring(agreement, "HttpData-PUSH", other, by=RULE) != first
    assert begin_transfer(agreement, PULL, by=RULE) != first


def test_only_who_agreed_may_ask_and_only_for_an_address_that_is_spoken_to() -> None:
    agreement = agreed()
    with pytest.raises(NotAllowed):
        ask_to_bring(agreement, "HttpData-PUSH", where("https://x.example/"), by=builders.person())
    with pytest.raises(InvalidInput):
        ask_to_bring(agreement, "HttpData-PUSH", where("gopher://x.example/"), by=RULE)
    with pytest.raises(InvalidInput):
        ask_to_bring(agreement, "HttpData-PULL", where("https://x.example/"), by=RULE)
    given = Agreement.objects.get(role="provider")
    with pytest.raises(Conflict):
        ask_to_bring(given, "HttpData-PUSH", where("https://x.example/"), by=RULE)
    assert not Transfer.objects.exists()


def all_but_later() -> None:
    """Do the jobs that wait, but not again what came to nothing."""
    while jobs := [each for each in waiting() if not each.args.get("tries")]:
        for job in jobs:
            done(job)
