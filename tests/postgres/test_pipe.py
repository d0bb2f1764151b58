"""Two programs in a row: both do all of their work, or the one that failed is heard."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from katalysator.postgres.connection import Command, pipe


def shell(script: str, *arguments: str | Path) -> Command:
    return Command(("/bin/sh", "-c", script, "sh", *arguments))


def same(lines: Iterable[bytes]) -> Iterable[bytes]:
    return lines


def without_two(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line in lines if line != b"two\n")


def test_what_the_first_writes_is_changed_on_its_way(tmp_path: Path) -> None:
    out = tmp_path / "out"
    written = shell("printf 'one\\ntwo\\nthree'")
    assert pipe(written, shell('cat >"$1"', out), without_two) is None
    assert out.read_bytes() == b"one\nthree"


def test_much_passes_while_both_have_much_to_say() -> None:
    talk = "head -c 300000 /dev/zero >&2; "
    count = 'test "$(wc -c)" = 3000000'
    written = shell(f"{talk} yes 12 | head -c 3000000; {talk}")
    assert pipe(written, shell(f"{talk} {count}"), same) is None


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("echo half; echo first >&2; exit 3", "cat", "first\n"),
        ("echo half; echo first >&2; exit 3", "cat; echo second >&2; exit 1", "first\n"),
        ("echo whole", "cat; echo second >&2; exit 1", "second\n"),
        ("yes", "echo second >&2; exit 1", "second\n"),
        ("yes", "exit 0", ""),
        ("kill -9 $$", "cat", ""),
    ],
)
def test_the_one_that_failed_is_heard(first: str, second: str, said: str) -> None:
    assert pipe(shell(first), shell(second), same) == said


def test_an_error_on_the_way_ends_both() -> None:
    def stumble(lines: Iterable[bytes]) -> Iterable[bytes]:
        raise KeyError(next(iter(lines)))

    with pytest.raises(KeyError, match="here"):
        pipe(shell("echo here; exec sleep 60"), shell("exec sleep 60"), stumble)


def test_a_program_gets_the_environment_that_is_its_own(tmp_path: Path) -> None:
    show = "import os; print(os.environ.get('PGPASSWORD'))"
    out = tmp_path / "out"
    written = Command((sys.executable, "-c", show), {"PGPASSWORD": "geheim"})
    assert pipe(written, shell('cat >"$1"', out), same) is None
    assert out.read_text() == "geheim\n"
