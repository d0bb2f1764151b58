"""Data that is fetched into a file of ours: within the house, from elsewhere, on from where it was cut off."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from katalysator.core import outgoing
from katalysator.core.attachments import store
from katalysator.core.models import Event
from katalysator.dataspace.arrivals import opening, receiving
from katalysator.dataspace.arrivals.receiving import ROOM
from katalysator.dataspace.arrivals.tokens import bearer
from katalysator.dataspace.arrivals.verbs import fetch, forget
from katalysator.dataspace.catalogues.verbs import begin_transfer
from katalysator.dataspace.delivery import giving
from katalysator.dataspace.delivery.tokens import PULL
from katalysator.dataspace.models import Agreement, ArrivedData, DataUse, Transfer
from katalysator.dataspace.models.arrivals import STALE
from katalysator.dataspace.processes.verbs import decide
from katalysator.dataspace.protocol.sending import RULE, send
from katalysator.faults import Conflict, NotAllowed
from tests.dataspace.processes.dealing import CONTENT, Dealing, dealing
from tests.dataspace.world import all_done

pytestmark = pytest.mark.django_db


def _started(terms: dict[str, Any] | None = None) -> tuple[Dealing, Transfer]:
    """Two who agreed, and the transfer that runs: the side of who fetches."""
    two = dealing(*([terms] if terms else []), is_automatic=True)
    two.asked()
    mine = begin_transfer(Agreement.objects.get(role="consumer"), PULL, by=two.user_person)
    all_done()
    mine.refresh_from_db()
    assert mine.state == "STARTED"
    return two, mine


def _kept(row: ArrivedData) -> bytes:
    with store.opened(ROOM, row.key) as file:
        return file.read()


def test_within_the_house_it_is_fetched_without_the_network_and_counted_as_any_use() -> None:
    two, mine = _started()
    fetch(mine, by=two.user_person)
    all_done()
    row = ArrivedData.objects.get()
    assert (row.state, row.name, row.media_type) == ("done", "metingen.csv", "text/csv")
    assert _kept(row) == CONTENT
    assert row.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert [(use.sent, use.ended) for use in DataUse.objects.all()] == [(len(CONTENT), "")]


def test_what_was_cut_off_goes_on_where_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    two, mine = _started()
    monkeypatch.setattr(giving, "BLOCK", 5_000)
    monkeypatch.setattr(giving, "LOOK", 0.0)
    real = giving.may_go_on
    looks = iter([True, True, False])
    monkeypatch.setattr(giving, "may_go_on", lambda row: real(row) if next(looks, True) else "x")
    fetch(mine, by=two.user_person)
    all_done()
    row = ArrivedData.objects.get()
    assert (row.state, _kept(row)) == ("done", CONTENT)
    use = DataUse.objects.get()
    assert (use.count, use.asked, use.sent, use.ended) == (1, "", len(CONTENT), "")
    asked = Event.objects.filter(verb="transfer.use").order_by("pk")
    assert [each.after["asked"] for each in asked] == ["", "bytes=5000-"]


def _half_arrived(two: Dealing, mine: Transfer, half: bytes) -> ArrivedData:
    """What was cut off after so many bytes."""
    row = fetch(mine, by=two.user_person)
    with store.growing(ROOM, row.key, 0) as file:
        file.write(half)
    row.received = len(half)
    return row


def test_halves_of_two_files_of_the_house_are_never_joined() -> None:
    two, mine = _started()
    row = _half_arrived(two, mine, b"y" * 10_000)
    row.size, row.source_key = len(CONTENT), uuid4()
    row.save()
    all_done()
    row.refresh_from_db()
    assert (row.state, _kept(row), row.source_key) == ("done", CONTENT, two.source.key)


def test_what_has_another_size_elsewhere_than_before_is_fetched_from_its_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two, mine = _started()
    place = _from_elsewhere(mine, monkeypatch)
    row = _half_arrived(two, mine, b"y" * 10_000)
    row.size = len(CONTENT) + 1
    row.save()
    all_done()
    row.refresh_from_db()
    assert (row.state, _kept(row)) == ("done", CONTENT)
    assert [each.get("Range") for each in place.asked] == ["bytes=10000-", None]


def test_a_turn_ends_in_time_and_the_next_one_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    two, mine = _started()
    monkeypatch.setattr(giving, "BLOCK", 10_000)
    monkeypatch.setattr(receiving, "TURN", 0.0)
    fetch(mine, by=two.user_person)
    all_done()
    row = ArrivedData.objects.get()
    assert (row.state, _kept(row), row.tries) == ("done", CONTENT, 0)
    use = DataUse.objects.get()
    assert (use.count, use.sent, use.ended) == (1, len(CONTENT), "")


def test_what_comes_a_bit_further_with_each_try_is_never_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two, mine = _started()
    place = _from_elsewhere(mine, monkeypatch)
    place.most = 3_000
    fetch(mine, by=two.user_person)
    all_done()
    row = ArrivedData.objects.get()
    assert (row.state, _kept(row)) == ("done", CONTENT)
    assert len(place.asked) == -(-len(CONTENT) // 3_000) > len(receiving.PAUSES) + 1


def test_what_begins_anew_with_each_try_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    two, mine = _started()
    place = _from_elsewhere(mine, monkeypatch)
    place.most, place.gives_parts = 3_000, False
    fetch(mine, by=two.user_person)
    all_done()
    assert ArrivedData.objects.get().state == "stopped"


def test_terms_that_forbid_it_stop_it_and_say_so() -> None:
    twice = {"leftOperand": "count", "operator": "lteq", "rightOperand": "1"}
    two, mine = _started({"permission": [{"action": "use", "constraint": [twice]}]})
    fetch(mine, by=two.user_person)
    all_done()
    with pytest.raises(Conflict, match="here already"):
        fetch(mine, by=two.user_person)
    assert ArrivedData.objects.get().state == "done"
    forget(mine, by=two.user_person)
    fetch(mine, by=two.user_person)
    all_done()
    row = ArrivedData.objects.get()
    assert (row.state, row.received) == ("stopped", 0)
    assert row.problem == "The terms give no right to the data."


def test_what_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    two, mine = _started()
    monkeypatch.setattr(receiving, "LARGEST", 1_000)
    fetch(mine, by=two.user_person)
    all_done()
    row = ArrivedData.objects.get()
    assert (row.state, store.length(ROOM, row.key)) == ("stopped", 0)


def test_our_copy_can_be_thrown_away_also_while_it_comes(
    django_capture_on_commit_callbacks: Any,
) -> None:
    two, mine = _started()
    row = fetch(mine, by=two.user_person)
    with pytest.raises(Conflict, match="already"):
        fetch(mine, by=two.user_person)
    with pytest.raises(NotAllowed):
        forget(mine, by=two.holder_person)
    all_done()
    with django_capture_on_commit_callbacks(execute=True):
        forget(mine, by=two.user_person)
    assert store.length(ROOM, row.key) == 0
    assert not ArrivedData.objects.exists()
    receiving.receive(row, row.turn)  # a job that is late
    assert store.length(ROOM, row.key) == 0


def test_a_job_of_a_turn_that_is_over_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    two, mine = _started()
    row = fetch(mine, by=two.user_person)
    ArrivedData.objects.update(state="running", turn=row.turn + 2)
    row.refresh_from_db()
    monkeypatch.setattr(receiving, "opened", lambda *_asked: pytest.fail("it is fetched"))
    receiving.receive(row, row.turn - 2)
    row.refresh_from_db()
    assert (row.state, row.received) == ("running", 0)


def test_who_loses_its_turn_in_the_midst_of_it_notes_nothing_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two, mine = _started()
    row = fetch(mine, by=two.user_person)
    real = receiving._opened

    def _while_another_begins(row: ArrivedData) -> Any:
        ArrivedData.objects.update(turn=row.turn + 1)
        return real(row)

    monkeypatch.setattr(receiving, "_opened", _while_another_begins)
    receiving.receive(row, row.turn)
    row.refresh_from_db()
    assert (row.state, row.received, row.sha256) == ("running", 0, "")


def test_what_nobody_fetches_any_more_can_be_fetched_again() -> None:
    two, mine = _started()
    row = fetch(mine, by=two.user_person)
    ArrivedData.objects.update(state="running", turn=row.turn + 1)
    with pytest.raises(Conflict, match="already"):
        fetch(mine, by=two.user_person)
    ArrivedData.objects.update(changed_at=timezone.now() - STALE)
    assert fetch(mine, by=two.user_person).turn == row.turn + 2
    all_done()
    assert ArrivedData.objects.get().state == "done"


def test_a_turn_that_failed_in_its_midst_begins_again_once_nobody_can_be_at_it() -> None:
    two, mine = _started()
    row = fetch(mine, by=two.user_person)
    ArrivedData.objects.update(state="running", turn=row.turn + 1)
    row.refresh_from_db()
    receiving.receive(row, row.turn - 1)
    assert ArrivedData.objects.get().sha256 == ""
    ArrivedData.objects.update(changed_at=timezone.now() - STALE)
    all_done()
    assert ArrivedData.objects.get().state == "done"


def test_nothing_is_fetched_where_it_does_not_run_or_by_who_gives_it() -> None:
    two, mine = _started()
    theirs = Transfer.objects.get(role="provider")
    with pytest.raises(Conflict):
        fetch(theirs, by=two.holder_person)
    decide(mine, "suspension", by=two.user_person, reason="Even niet.")
    all_done()
    with pytest.raises(Conflict):
        fetch(mine, by=two.user_person)
    decide(theirs, "start", by=two.holder_person)
    all_done()
    fetch(mine, by=two.user_person)
    all_done()
    assert ArrivedData.objects.get().state == "done"


class _Elsewhere:
    """A place that gives data away, and forgets tokens."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.good = "Bearer second"
        self.most = len(CONTENT)
        self.gives_parts = True

    def opened(self, _method: str, address: str, headers: dict[str, str]) -> Any:
        assert address == "https://data.example/1"
        self.asked.append(dict(headers))
        is_known = headers["Authorization"] == self.good
        if not is_known:
            return _Stream(b"", 401)
        first = int(headers.get("Range", "bytes=0-")[6:-1]) if self.gives_parts else 0
        stream = _Stream(CONTENT[first:], 206 if first else 200, first)
        stream.most = self.most
        return stream


class _Stream:
    def __init__(self, content: bytes, status: int, first: int = 0) -> None:
        self.status, self.length, self._content = status, len(content), content
        self.most = len(content)
        told = f"bytes {first}-{first + len(content) - 1}/{first + len(content)}"
        self.headers = {"Content-Type": "text/csv; charset=utf-8", "Content-Range": told}

    def read(self, _most: int) -> bytes:
        block, self._content = self._content[: self.most], b""
        return block

    def close(self) -> None:
        self._content = b""


def _from_elsewhere(mine: Transfer, monkeypatch: pytest.MonkeyPatch) -> _Elsewhere:
    """The data of a transfer as it comes from a place elsewhere that knows our token."""
    place = _Elsewhere()
    monkeypatch.setattr(outgoing, "opened", place.opened)
    token = {"name": "authorization", "value": "second"}
    mine.data_address = {"endpoint": "https://data.example/1", "endpointProperties": [token]}
    mine.save()
    return place


def _part(first: int, size: str, content: bytes = b"x") -> _Stream:
    stream = _Stream(content, 206)
    stream.headers["Content-Range"] = f"bytes {first}-{first + len(content) - 1}/{size}"
    return stream


@pytest.mark.parametrize("first", [0, 9, 10**17])
def test_a_part_that_was_not_asked_for_is_refused(
    first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _two, mine = _started()
    _from_elsewhere(mine, monkeypatch)
    monkeypatch.setattr(outgoing, "opened", lambda *_asked: _part(first, "*"))
    with pytest.raises(opening.NotArrived):
        opening.opened(mine, 10)


def test_a_size_that_is_too_large_is_refused_before_anything_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two, mine = _started()
    _from_elsewhere(mine, monkeypatch)
    monkeypatch.setattr(outgoing, "opened", lambda *_asked: _part(0, str(10**17)))
    fetch(mine, by=two.user_person)
    all_done()
    row = ArrivedData.objects.get()
    assert (row.state, store.length(ROOM, row.key)) == ("stopped", 0)
    assert "larger than what is kept" in row.problem


def test_what_comes_packed_is_no_data_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    two, mine = _started()
    _from_elsewhere(mine, monkeypatch)
    stream = _Stream(b"packed", 200)
    stream.headers["Content-Encoding"] = "gzip"
    monkeypatch.setattr(outgoing, "opened", lambda *_asked: stream)
    fetch(mine, by=two.user_person)
    all_done()
    row = ArrivedData.objects.get()
    assert (row.state, store.length(ROOM, row.key)) == ("stopped", 0)
    assert "sends it packed" in row.problem


def test_from_elsewhere_it_comes_with_a_token_that_is_renewed_where_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two, mine = _started()
    place = _Elsewhere()
    monkeypatch.setattr(outgoing, "opened", place.opened)
    monkeypatch.setattr(
        "katalysator.dataspace.arrivals.tokens.spoken",
        lambda *_told: outgoing.OutsideAnswer(200, b'{"authorization": "second"}'),
    )
    told = {"authorization": "first", "refreshEndpoint": "https://data.example/1/token"}
    mine.data_address = {
        "endpoint": "https://data.example/1",
        "endpointProperties": [{"name": name, "value": value} for name, value in told.items()],
    }
    mine.save()
    fetch(mine, by=two.user_person)
    all_done()
    row = ArrivedData.objects.get()
    assert (row.state, row.name, _kept(row)) == ("done", "Metingen.csv", CONTENT)
    assert [each["Authorization"] for each in place.asked] == ["Bearer first", "Bearer second"]
    mine.refresh_from_db()
    assert "second" in str(mine.data_address)


@pytest.mark.parametrize("said", ["completion", "termination"])
@pytest.mark.parametrize("is_ours", [True, False])
def test_where_it_was_fetched_and_with_which_token_is_forgotten_when_it_is_over(
    said: str, *, is_ours: bool
) -> None:
    _two, mine = _started()
    token = next(iter(bearer(mine).values())).removeprefix("Bearer ")
    process = mine if is_ours else Transfer.objects.get(role="provider")
    send(process, said, by=RULE, reason="Klaar.")
    all_done()
    kept = str(list(Transfer.objects.values_list("data_address", "heard", "outbox")))
    assert {each.state for each in Transfer.objects.all()} <= {"COMPLETED", "TERMINATED"}
    assert (token in kept, mine.data_address["endpoint"] in kept) == (False, False)
    with pytest.raises(opening.NotArrived, match="or is over"):
        opening.opened(Transfer.objects.get(pk=mine.pk), 0)


@pytest.mark.parametrize(
    ("status", "is_final"), [(401, True), (403, True), (404, True), (500, False), (429, False)]
)
def test_a_refusal_is_tried_again_only_where_that_may_help(status: int, *, is_final: bool) -> None:
    assert opening._refused(status).is_final is is_final


def test_what_is_begun_and_not_over_is_not_begun_again() -> None:
    two, mine = _started()
    agreement = mine.agreement
    with CaptureQueriesContext(connection) as captured:
        assert begin_transfer(agreement, PULL, by=two.user_person) == mine
    kept = [each["sql"] for each in captured if "FOR UPDATE" in each["sql"]]
    assert ["dataspace_agreement" in each for each in kept] == [True]  # two at once take turns
    decide(mine, "termination", by=two.user_person, reason="Klaar.")
    all_done()
    assert begin_transfer(agreement, PULL, by=two.user_person) != mine


def test_an_agreement_of_others_or_that_is_over_begins_no_transfer() -> None:
    two, mine = _started()
    with pytest.raises(NotAllowed):
        begin_transfer(mine.agreement, PULL, by=two.holder_person)
    with pytest.raises(Conflict):
        begin_transfer(Agreement.objects.get(role="provider"), PULL, by=two.holder_person)
    Agreement.objects.update(ended_at=mine.made_at)
    mine.agreement.refresh_from_db()
    with pytest.raises(Conflict, match="no right"):
        begin_transfer(mine.agreement, PULL, by=two.user_person)
    theirs = Transfer.objects.get(role="provider")
    send(theirs, "suspension", by=RULE, reason="x")
    all_done()
    theirs.refresh_from_db()
    with pytest.raises(Conflict, match="no right"):
        decide(theirs, "start", by=two.holder_person)
