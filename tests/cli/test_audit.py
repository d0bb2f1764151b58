"""`katalysator audit`: what is told of a trail that holds, and of one that was tampered with."""

from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from django.db import connection

from katalysator.cli.audit.command import audit
from katalysator.core.audit import record
from katalysator.core.heads import from_text, heads
from katalysator.core.models import Event
from tests import builders
from tests.cli.conftest import running
from tests.core.tampering import change, remove, rewrite

pytestmark = pytest.mark.django_db

Run = Callable[..., Result]

run: Run = running(audit)


@pytest.fixture
def trail() -> list[Event]:
    """Events 0 to 2 of chain a, and 3 of chain b, written at noon."""
    owner = builders.organisation()
    with time_machine.travel("2026-02-01 12:00Z", tick=False):
        return [record("test", owner, by=builders.HOUSE, chain=chain) for chain in "aaab"]


@pytest.fixture
def kept(trail: list[Event], tmp_path: Path) -> Path:
    """The heads, kept a month later."""
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        assert run("head", "--out", tmp_path / "heads.json").exit_code == 0
    return tmp_path / "heads.json"


class TestVerify:
    def test_a_trail_that_holds(self, trail: list[Event]) -> None:
        done = run("verify")
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout == "Events that hold: 4. Chains: 2.\n"

    def test_a_chain_that_was_changed_is_named_with_its_event(self, trail: list[Event]) -> None:
        change(trail[1], reason="x")
        done = run("verify")
        assert done.exit_code == 1
        assert done.stderr == (
            f"Chain “a”: event {trail[1].pk} is not as it was written, or one before it is missing."
            " The events before it hold: 1.\n"
        )
        assert done.stdout == "Events that hold: 2. Chains: 2.\n"

    def test_it_is_told_in_dutch(self, trail: list[Event]) -> None:
        change(trail[1], reason="x")
        done = run("verify", "--language", "nl")
        assert f"Keten “a”: gebeurtenis {trail[1].pk} is niet zoals die is opgeschreven" in (
            done.stderr
        )
        assert "Ketens: 2" in run("verify", env={"LANG": "nl_NL.UTF-8"}).stdout

    def test_a_house_without_a_trail(self) -> None:
        connection.cursor().execute("ALTER TABLE core_event RENAME TO core_elsewhere")
        done = run("verify")
        assert done.exit_code == 2
        assert done.stderr == (
            "There is no audit trail here yet. Start the coalition first, with `katalysator serve`.\n"
        )


class TestBesideAHead:
    def test_a_trail_that_goes_on(self, kept: Path) -> None:
        record("test", builders.organisation(), by=builders.HOUSE, chain="a")
        done = run("verify", "--head", kept)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout.splitlines() == [
            "Events that hold: 5. Chains: 2.",
            "All chains go on from their heads of 2026-03-01 13:00.",
        ]

    def test_an_end_that_was_cut_off(self, trail: list[Event], kept: Path) -> None:
        remove(trail[2])
        assert run("verify").exit_code == 0
        done = run("verify", "--head", kept)
        assert done.exit_code == 1
        assert done.stderr == (
            "Chain “a” was cut off after 2026-03-01 13:00. It had events then: 3, up to event"
            f" {trail[2].pk}. It ends now with event {trail[1].pk} of 2026-02-01 13:00.\n"
        )
        assert "go on" not in done.stdout

    def test_a_chain_that_is_gone(self, trail: list[Event], kept: Path) -> None:
        remove(trail[3])
        done = run("verify", "--head", kept)
        assert done.exit_code == 1
        assert done.stderr == (
            f"Chain “b” is gone. On 2026-03-01 13:00 it had events: 1, up to event {trail[3].pk}.\n"
        )

    def test_a_tail_that_was_written_anew(self, trail: list[Event], kept: Path) -> None:
        rewrite(trail[1], reason="x")
        assert run("verify").exit_code == 0
        done = run("verify", "--head", kept)
        assert done.exit_code == 1
        assert done.stderr == (
            f"Chain “a” was written anew after 2026-03-01 13:00: event {trail[2].pk}, the last one"
            " then, is another one now, or gone.\n"
        )

    def test_a_trail_that_was_written_anew_as_a_whole(self, trail: list[Event], kept: Path) -> None:
        for first in (trail[0], trail[3]):
            rewrite(first, reason="x")
        done = run("verify", "--head", kept)
        assert done.exit_code == 1
        assert done.stderr == (
            "No chain begins as one in the file does. The file is of another coalition, or the"
            " whole trail was written anew after 2026-03-01 13:00.\n"
        )

    def test_a_change_and_a_cut_are_both_told(self, trail: list[Event], kept: Path) -> None:
        change(trail[0], reason="x")
        remove(trail[3])
        lines = run("verify", "--head", kept).stderr.splitlines()
        assert [line.split("”")[0] for line in lines] == ["Chain “a", "Chain “b"]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ('{"needs": []}', "This file does not hold heads of an audit trail. Take a file that"),
            ("", "This file does not hold heads of an audit trail."),
        ],
    )
    def test_a_file_of_something_else(
        self, trail: list[Event], tmp_path: Path, text: str, sentence: str
    ) -> None:
        file = tmp_path / "other.json"
        file.write_text(text)
        done = run("verify", "--head", file)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith(f"{file}: {sentence}")
        assert len(done.stderr.splitlines()) == 1

    def test_a_file_that_was_damaged(self, kept: Path) -> None:
        kept.write_text(kept.read_text().replace('"events": 3', '"events": 2'))
        done = run("verify", "--head", kept)
        assert done.exit_code == 2
        assert done.stderr == (
            f"{kept}: This file was changed after it was written. Take another copy of it, or an"
            " older file.\n"
        )

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        done = run("verify", "--head", tmp_path / "none.json")
        assert done.exit_code == 2
        assert "does not exist" in done.stderr


class TestHead:
    def test_it_is_printed(self, trail: list[Event]) -> None:
        with time_machine.travel("2026-03-01 12:00Z", tick=False):
            done = run("head")
            assert from_text(done.stdout.encode()) == heads()

    def test_it_is_written_to_a_file(self, trail: list[Event], tmp_path: Path) -> None:
        done = run("head", "--out", tmp_path / "heads.json")
        assert done.stdout == f"Written to {tmp_path / 'heads.json'}.\n"
        assert from_text((tmp_path / "heads.json").read_bytes()).chains == heads().chains

    @pytest.mark.parametrize("name", ["heads.txt", "nowhere/heads.json"])
    def test_what_cannot_be_written_is_refused(
        self, trail: list[Event], tmp_path: Path, name: str
    ) -> None:
        done = run("head", "--out", tmp_path / name)
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert list(tmp_path.iterdir()) == []
