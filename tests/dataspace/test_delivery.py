"""Data that is fetched: who has the token of a transfer that runs gets it, whole or in parts, as long as it may."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from katalysator.core.attachments import store
from katalysator.dataspace.delivery import giving
from katalysator.dataspace.delivery.ranges import NoSuchRange, asked_range
from katalysator.dataspace.delivery.sources.file import ROOM
from katalysator.dataspace.delivery.tokens import read_token
from katalysator.dataspace.models import (
    Agreement,
    Connector,
    DatasetOffer,
    DataSource,
    DataUse,
    Negotiation,
    PolicyDecision,
    Transfer,
)
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.identity import SignedTokens
from katalysator.dataspace.protocol.sending import RULE, send
from tests.dataspace.world import all_done, asking, connector, dataset

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 10


def _agreed(terms: dict[str, Any] | None = None) -> tuple[Connector, Connector]:
    """Two organisations that agreed on a dataset with a file."""
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = dataset(holder)
    DatasetOffer.objects.update(is_automatic=True, **({"terms": terms} if terms else {}))
    key = uuid4()
    with store.kept(ROOM, key, CONTENT):
        DataSource.objects.create(
            dataset=row, key=key, name="metingen.csv", media_type="text/csv", size=len(CONTENT)
        )
    send(asking(user, holder, row), "request", by=RULE)
    all_done()
    assert Negotiation.objects.get(role="consumer").state == "FINALIZED"
    return holder, user


def _running(terms: dict[str, Any] | None = None) -> tuple[Connector, Connector, Transfer]:
    """The same, with a transfer that runs: the side of who fetches."""
    holder, user = _agreed(terms)
    agreement = Agreement.objects.get(role="consumer")
    mine = Transfer.objects.create(
        connector=user, role="consumer", consumer_pid=new_pid(), partner_id=holder.participant_id,
        partner_address=holder.base, agreement=agreement, format="HttpData-PULL",
    )  # fmt: skip
    send(mine, "request", by=RULE)
    all_done()
    mine.refresh_from_db()
    assert mine.state == "STARTED"
    return holder, user, mine


def _told(mine: Transfer) -> dict[str, str]:
    return {each["name"]: each["value"] for each in mine.data_address["endpointProperties"]}


def _fetch(client: Client, mine: Transfer, token: str = "", **headers: str) -> Any:
    address = mine.data_address["endpoint"]
    path = address[address.index("/dataspace/") :]
    bearer = f"Bearer {token or _told(mine)['authorization']}"
    return client.get(path, headers={"authorization": bearer} | headers)


def _read(answer: Any) -> bytes:
    """All that an answer sends."""
    return b"".join(answer.streaming_content)


def _begun(holder: Connector, mine: Transfer, asked: str) -> giving.SentBlocks:
    """What is given, of which one block is read."""
    token = read_token(f"Bearer {_told(mine)['authorization']}", holder)
    assert token
    blocks = giving.give(holder, mine.partner_pid, token, asked).blocks
    next(blocks)
    return blocks


def test_whoever_has_the_token_gets_the_file_and_each_time_is_written_down(client: Client) -> None:
    _holder, _user, mine = _running()
    answer = _fetch(client, mine)
    assert _read(answer) == CONTENT
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv")
    use = DataUse.objects.get()
    assert (use.count, use.sent, use.ended) == (1, len(CONTENT), "")
    assert use.transfer.role == "provider"


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=0-999999", 206, slice(0, None)),
        ("bytes=9-3", 200, slice(0, None)),
        ("pages=1-2", 200, slice(0, None)),
        ("bytes=0-1,5-6", 200, slice(0, None)),
    ],
)
def test_a_part_is_given_where_one_is_asked_for(
    client: Client, asked: str, status: int, part: slice
) -> None:
    _holder, _user, mine = _running()
    answer = _fetch(client, mine, Range=asked)
    assert (answer.status_code, _read(answer)) == (status, CONTENT[part])


def test_a_part_beyond_the_end_is_refused(client: Client) -> None:
    _holder, _user, mine = _running()
    assert _fetch(client, mine, Range="bytes=99999-").status_code == 416
    with pytest.raises(NoSuchRange):
        asked_range("bytes=-0", 10)
    assert not DataUse.objects.exists()


def test_a_token_of_something_else_opens_nothing(client: Client) -> None:
    _holder, user, mine = _running()
    assert _fetch(client, mine, token="x.y.z").status_code == 401
    identity_token = SignedTokens().said_by(user, _holder.participant_id).removeprefix("Bearer ")
    assert _fetch(client, mine, token=identity_token).status_code == 401
    other = Transfer.objects.get(role="provider")
    other.pk, other.provider_pid, other.consumer_pid = None, new_pid(), new_pid()
    other.save()
    address = dict(mine.data_address)
    mine.data_address = {
        **address,
        "endpoint": address["endpoint"].rpartition("/")[0] + f"/{other.pid}",
    }
    assert _fetch(client, mine).status_code == 401
    assert not DataUse.objects.exists()


def test_a_token_is_over_after_some_minutes_and_its_consumer_gets_another(client: Client) -> None:
    holder, user, mine = _running()
    refresh = _told(mine)["refreshEndpoint"]
    path = refresh[refresh.index("/dataspace/") :]
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        assert _fetch(client, mine).status_code == 401
        stranger = SignedTokens().said_by(holder, holder.participant_id)
        assert client.post(path, headers={"authorization": stranger}).status_code == 404
        own = SignedTokens().said_by(user, holder.participant_id)
        fresh = client.post(path, headers={"authorization": own}).json()
        assert _read(_fetch(client, mine, token=fresh["authorization"])) == CONTENT


@pytest.mark.parametrize("word", ["suspension", "termination"])
def test_what_is_stopped_or_ended_is_not_given_any_more_from_the_moment_it_is_said(
    client: Client, word: str
) -> None:
    _holder, user, mine = _running()
    send(Transfer.objects.get(role="provider"), word, by=RULE, reason="Even niet")
    assert _fetch(client, mine).status_code == 403
    all_done()
    assert _fetch(client, mine).status_code == 403
    own = SignedTokens().said_by(user, _holder.participant_id)
    path = _told(mine)["refreshEndpoint"]
    answer = client.post(path[path.index("/dataspace/") :], headers={"authorization": own})
    assert answer.status_code == 403


def test_what_is_stopped_while_it_is_sent_ends_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _holder, _user, mine = _running()
    monkeypatch.setattr(giving, "BLOCK", 1_000)
    monkeypatch.setattr(giving, "LOOK", 0.0)
    blocks = iter(_fetch(client, mine).streaming_content)
    first = next(blocks)
    send(Transfer.objects.get(role="provider"), "suspension", by=RULE)
    assert len(first + b"".join(blocks)) < len(CONTENT)
    use = DataUse.objects.get()
    assert (use.sent, use.ended) == (1_000, "not-running")


def test_terms_that_are_used_up_give_no_right_any_more_and_the_answer_is_kept(
    client: Client,
) -> None:
    once = {"leftOperand": "count", "operator": "lteq", "rightOperand": "1"}
    _holder, _user, mine = _running({"permission": [{"action": "use", "constraint": [once]}]})
    assert _read(_fetch(client, mine)) == CONTENT
    assert _fetch(client, mine).status_code == 403
    told = PolicyDecision.objects.filter(step="use").order_by("id")
    assert [each.is_allowed for each in told] == [True, False]
    assert DataUse.objects.count() == 1


def test_who_goes_on_just_where_it_was_cut_off_uses_it_once_and_nobody_else_goes_on_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = {"leftOperand": "count", "operator": "lteq", "rightOperand": "1"}
    holder, _user, mine = _running({"permission": [{"action": "use", "constraint": [once]}]})
    monkeypatch.setattr(giving, "BLOCK", 1_000)
    _begun(holder, mine, "").close()
    assert DataUse.objects.get().sent == 1_000
    for elsewhere in ("bytes=999-", "bytes=1001-", "bytes=1000-1999", ""):
        assert _fetch(client, mine, Range=elsewhere).status_code == 403
    second = _begun(holder, mine, "bytes=1000-")
    assert _fetch(client, mine, Range="bytes=1000-").status_code == 403
    second.close()
    assert _read(_fetch(client, mine, Range="bytes=2000-")) == CONTENT[2_000:]
    use = DataUse.objects.get()
    assert (use.count, use.sent, use.ended) == (1, len(CONTENT), "")
    assert _fetch(client, mine, Range=f"bytes={len(CONTENT) - 1}-").status_code == 403


def test_a_part_from_the_middle_is_never_gone_on_with(client: Client) -> None:
    _holder, _user, mine = _running()
    for asked in ("bytes=100-", "bytes=1000-"):
        _read(_fetch(client, mine, Range=asked))
        DataUse.objects.update(ended="cut-off", sent=1_000)
    assert DataUse.objects.count() == 2


def test_an_agreement_that_is_over_gives_no_right_any_more(client: Client) -> None:
    _holder, _user, mine = _running()
    Agreement.objects.update(ended_at=datetime.now(UTC))
    assert _fetch(client, mine).status_code == 403


def test_who_goes_away_before_the_first_byte_has_used_nothing_whole() -> None:
    holder, _user, mine = _running()
    token = read_token(f"Bearer {_told(mine)['authorization']}", holder)
    assert token
    giving.give(holder, mine.partner_pid, token, "").blocks.close()
    use = DataUse.objects.get()
    assert (use.sent, use.ended) == (0, "cut-off")


def test_to_ask_what_there_is_is_no_use(client: Client) -> None:
    _holder, _user, mine = _running()
    address = mine.data_address["endpoint"]
    bearer = f"Bearer {_told(mine)['authorization']}"
    path = address[address.index("/dataspace/") :]
    assert client.head(path, headers={"authorization": bearer}).status_code == 405
    assert not DataUse.objects.exists()
