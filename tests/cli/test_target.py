"""The file that a command writes, whatever became of the command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from katalysator.cli.target import replacing, write_text


@pytest.fixture(scope="module")
def ended() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def test_it_takes_the_place_of_the_target_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / "r.csv"
    target.write_text("before")
    with replacing(target) as unfinished:
        unfinished.write_text("after")
        assert target.read_text() == "before"
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("r.csv", "after")]


def test_what_a_killed_command_left_goes_and_nothing_else(tmp_path: Path, ended: int) -> None:
    left = tmp_path / f".r[1].{ended}.unfinished.csv"
    others = [
        tmp_path / f".r[1].{os.getppid()}.unfinished.csv",  # of one that still writes
        tmp_path / f".q.{ended}.unfinished.csv",
        tmp_path / f".r[1].{ended}.unfinished.parquet",
        tmp_path / ".r[1]..unfinished.csv",
    ]
    for file in (left, *others):
        file.write_text("half")
    write_text(tmp_path / "r[1].csv", "whole")
    assert set(tmp_path.iterdir()) == {tmp_path / "r[1].csv", *others}
