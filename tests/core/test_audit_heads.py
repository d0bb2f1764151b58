"""Heads that were kept elsewhere: a trail that was cut off or rewritten shows beside them."""

import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from procrastinate.contrib.django import app
from pytest_django.fixtures import Settings

from katalysator.core import audit
from katalysator.core.heads import (
    Departure,
    Head,
    Heads,
    as_text,
    begins_elsewhere,
    departures,
    from_text,
    heads,
)
from katalysator.core.models import Event
from katalysator.core.tasks import keep_heads, write
from katalysator.faults import InvalidInput
from tests import builders
from tests.core.tampering import remove, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail() -> list[Event]:
    """Events 0 to 3 of chain a, and 4 and 5 of chain b."""
    return [add(chain) for chain in "aaaabb"]


@pytest.fixture
def kept(trail: list[Event]) -> Heads:
    return from_text(as_text(heads()).encode())


def add(chain: str) -> Event:
    owner = builders.organisation()
    return audit.record("test", owner, by=builders.HOUSE, chain=chain, after={"n": 1})


def head(kept: Heads, chain: str) -> Head:
    (found,) = [each for each in kept.chains if each.chain == chain]
    return found


class TestTaking:
    def test_a_head_says_how_far_each_chain_is(self, trail: list[Event]) -> None:
        with time_machine.travel("2026-03-01 12:00Z", tick=False):
            kept = heads()
        assert [each.chain for each in kept.chains] == ["a", "b"]
        assert head(kept, "a") == Head(
            chain="a",
            events=4,
            first=trail[0].digest.hex(),
            last=trail[3].pk,
            digest=trail[3].digest.hex(),
        )
        assert kept.at.isoformat() == "2026-03-01T12:00:00+00:00"

    def test_a_trail_without_events_has_no_heads(self) -> None:
        assert heads().chains == ()
        assert departures(heads()) == []

    def test_a_file_gives_back_what_was_written(self, trail: list[Event]) -> None:
        kept = heads()
        assert from_text(as_text(kept).encode()) == kept

    def test_it_costs_two_questions_however_many_chains(
        self, trail: list[Event], django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(2):
            heads()


class TestHoldingAgainst:
    def test_a_trail_that_goes_on_departs_from_nothing(self, kept: Heads) -> None:
        assert departures(kept) == []
        for chain in "abc":
            add(chain)
        assert departures(kept) == []

    def test_an_end_that_was_cut_off_shows(self, trail: list[Event], kept: Heads) -> None:
        remove(*trail[2:4])
        assert not audit.verify().broken
        (found,) = departures(kept)
        assert found == Departure(head(kept, "a"), (trail[1].pk, trail[1].at))
        assert found.is_cut

    def test_a_chain_that_is_gone_shows(self, trail: list[Event], kept: Heads) -> None:
        remove(*trail[4:])
        assert not audit.verify().broken
        (found,) = departures(kept)
        assert (found.head.chain, found.end, found.is_cut) == ("b", None, True)

    def test_a_trail_that_is_empty_now_shows(self, trail: list[Event], kept: Heads) -> None:
        remove(*trail)
        assert not audit.verify().broken
        assert [(found.head.chain, found.end) for found in departures(kept)] == [
            ("a", None),
            ("b", None),
        ]

    @pytest.mark.parametrize("since", [1, 2, 3])
    def test_a_tail_that_was_rewritten_as_a_whole_shows(
        self, trail: list[Event], kept: Heads, since: int
    ) -> None:
        rewrite(trail[since], after={"n": 2})
        assert not audit.verify().broken
        (found,) = departures(kept)
        assert (found.head.chain, found.is_cut) == ("a", False)

    def test_a_chain_that_was_rewritten_from_its_start_shows(
        self, trail: list[Event], kept: Heads
    ) -> None:
        rewrite(trail[0], reason="for ever")
        assert not audit.verify().broken
        assert [found.head.chain for found in departures(kept)] == ["a"]

    def test_a_cut_that_was_grown_over_shows(self, trail: list[Event], kept: Heads) -> None:
        remove(*trail[2:4])
        add("a")
        assert not audit.verify().broken
        (found,) = departures(kept)
        assert (found.head.chain, found.is_cut) == ("a", False)

    def test_what_came_after_the_head_is_for_a_later_one(self, kept: Heads) -> None:
        later = add("a")
        newer = heads()
        rewrite(later, reason="x")
        assert departures(kept) == []
        assert [found.head.chain for found in departures(newer)] == ["a"]

    def test_heads_of_another_coalition_are_told_apart(
        self, trail: list[Event], kept: Heads
    ) -> None:
        remove(*trail)
        for chain in "ab":
            add(chain)
        assert begins_elsewhere(kept)

    def test_so_is_a_trail_that_was_written_anew_as_a_whole(
        self, trail: list[Event], kept: Heads
    ) -> None:
        rewrite(trail[0], reason="x")
        assert not begins_elsewhere(kept)
        rewrite(trail[4], reason="x")
        assert begins_elsewhere(kept)

    def test_heads_are_of_this_trail_while_one_chain_begins_as_it_did(
        self, trail: list[Event], kept: Heads
    ) -> None:
        assert not begins_elsewhere(kept)
        remove(*trail[:4])
        assert not begins_elsewhere(kept)


class TestReading:
    @pytest.mark.parametrize(
        "text",
        [
            b"",
            b"heads",
            b"\xff\xfe",
            b"[]",
            b"{}",
            b"7",
            b'{"heads": {}, "sha256": ""}',
            b'{"heads": "\\ud800", "sha256": ""}',
            b"[" * 100_000,
        ],
    )
    def test_what_holds_no_heads_is_refused(self, text: bytes) -> None:
        with pytest.raises(InvalidInput, match="does not hold heads of an audit trail"):
            from_text(text)

    @pytest.mark.parametrize("end", [1, 40, 200, -2])
    def test_half_a_file_is_refused(self, kept: Heads, end: int) -> None:
        with pytest.raises(InvalidInput, match="does not hold heads"):
            from_text(as_text(kept).encode()[:end])

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (["at"], "2026-03-01T12:00:00Z"),
            (["chains"], []),
            (["chains", 0, "events"], 3),
            (["chains", 0, "last"], 1),
            (["chains", 0, "digest"], "0" * 64),
        ],
    )
    def test_a_file_that_was_changed_is_refused(
        self, kept: Heads, path: list[Any], value: Any
    ) -> None:
        file = json.loads(as_text(kept))
        place = file["heads"]
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        with pytest.raises(InvalidInput, match="changed after it was written"):
            from_text(json.dumps(file).encode())

    def test_another_layout_of_the_same_is_no_damage(self, kept: Heads) -> None:
        assert from_text(json.dumps(json.loads(as_text(kept))).encode()) == kept


class TestKeeping:
    def test_nothing_is_kept_where_nothing_is_set(self, trail: list[Event]) -> None:
        keep_heads(timestamp=0)
        assert mail.outbox == []

    def test_a_file_is_written_to_the_folder_and_none_is_written_over(
        self, trail: list[Event], settings: Settings, tmp_path: Path
    ) -> None:
        settings.AUDIT_HEADS = str(tmp_path)
        keep_heads(timestamp=0)
        add("a")
        keep_heads(timestamp=0)
        first, second = sorted(tmp_path.iterdir())
        assert head(from_text(first.read_bytes()), "a").events == 4
        assert head(from_text(second.read_bytes()), "a").events == 5
        assert mail.outbox == []

    def test_a_folder_that_is_not_there_is_not_made(
        self, trail: list[Event], settings: Settings, tmp_path: Path
    ) -> None:
        settings.AUDIT_HEADS = str(tmp_path / "mount")
        with pytest.raises(FileNotFoundError, match="mount"):
            keep_heads(timestamp=0)
        assert not (tmp_path / "mount").exists()

    def test_a_file_bears_its_time(self, kept: Heads, tmp_path: Path) -> None:
        path = write(kept, tmp_path)
        assert path.name == f"audit-heads-{kept.at:%Y%m%dT%H%M%S%fZ}.json"
        assert list(tmp_path.iterdir()) == [path]

    def test_the_heads_are_mailed_to_the_address(
        self, trail: list[Event], settings: Settings
    ) -> None:
        settings.AUDIT_MAIL = "kluis@elders.example"
        keep_heads(timestamp=0)
        (message,) = mail.outbox
        assert message.to == ["kluis@elders.example"]
        assert "katalysator audit verify --head FILE" in message.body
        ((name, text, kind),) = message.attachments
        assert (name[:12], kind) == ("audit-heads-", "application/json")
        assert head(from_text(text.encode()), "b").last == trail[5].pk

    def test_it_is_done_once_a_night(self) -> None:
        (periodic,) = [
            each
            for each in app.periodic_registry.periodic_tasks.values()
            if each.task is app.tasks["core.keep_heads"]
        ]
        assert periodic.cron == "45 3 * * *"
