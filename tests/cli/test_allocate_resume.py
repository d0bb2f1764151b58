"""A large run that is broken off, or that finds no room, leaves nothing half done and can go on.

The market is as large as makes the command keep its state.
"""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from katalysator.cli.allocate.run import LARGE
from katalysator.engine.matching import FORMS, write_table
from katalysator.engine.matching.blocks import BlockFolder
from tests.cli.allocating import figures, load, proven, run, save
from tests.cli.killing import killed

PEOPLE, DEGREE, OPENINGS = LARGE // 50, 50, 20_000
ROOM_FOR_STATE = 8 * LARGE + 30 * PEOPLE + 60 * OPENINGS
"""Bytes: the pairs, and some for each person and opening; not enough for a result besides."""

COARSE = ("--gap", "0.05")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of pairs; all want the same few openings most, so that it takes several rounds."""
    random = np.random.default_rng(1)
    first = random.integers(OPENINGS, size=(PEOPLE, 1))
    opening = (first + 397 * np.arange(DEGREE)) % OPENINGS
    score = 0.5 + 0.5 * (opening % 101) / 101 * random.random(opening.shape)
    return save(
        tmp_path_factory.mktemp("large") / "e.parquet",
        {
            "person": np.repeat(np.arange(PEOPLE), DEGREE),
            "opening": opening.ravel(),
            "score": score.astype(np.float32).ravel(),
        },
    )


@pytest.fixture
def edges(large: Path, tmp_path: Path) -> Path:
    """A link: its state is that of the file."""
    (tmp_path / "e.parquet").hardlink_to(large)
    return tmp_path / "e.parquet"


@pytest.mark.faults(sample=1)
@pytest.mark.parametrize("having", ["last.npz", "market.npz"])
def test_killed_and_started_again(edges: Path, tmp_path: Path, having: str) -> None:
    out = tmp_path / "r.parquet"
    state = tmp_path / "r.parquet.state"
    killed("allocate", edges, "--out", out, "--quiet", "--gap", "1e-6", having=state / having)
    assert not out.exists()
    prices = tmp_path / "p.parquet"
    result = run(edges, "--out", out, "--prices-out", prices, "--json")
    assert result.exit_code == 0
    assert (
        result.stderr == "An earlier run was broken off; this one goes on from r.parquet.state.\n"
    )
    assert {path.name for path in tmp_path.iterdir()} == {"e.parquet", "r.parquet", "p.parquet"}
    said, proof = figures(result), proven(edges, out, prices)
    assert said["value"] == pytest.approx(proof.value, rel=1e-12)
    assert said["bound"] == pytest.approx(proof.bound, rel=1e-12)
    assert said["gap"] <= 1e-4


def test_state_of_other_files_is_not_used(tmp_path: Path) -> None:
    out = tmp_path / "r.parquet"
    BlockFolder(tmp_path / "r.parquet.state", "other files").open()["market"] = {}
    other = save(tmp_path / "other.parquet", {"person": [1], "opening": [2], "score": [0.5]})
    result = run(other, "--out", out)
    assert result.stderr == (
        "r.parquet.state is of other files, or of these as they were: not used.\n"
    )
    assert load(out)["opening"].to_list() == [2]
    assert not (tmp_path / "r.parquet.state").exists()


# A full disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder that can be made as small as one likes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=False).returncode:
        pytest.skip("nothing may be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)  # who mapped a file may hold it still


def resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


@pytest.fixture
def openings(tmp_path: Path) -> Path:
    """Five seats each, so that the result takes some megabytes."""
    seats = {"opening": np.arange(OPENINGS), "capacity": np.full(OPENINGS, 5)}
    return save(tmp_path / "o.parquet", seats)


@pytest.mark.parametrize("form", ["csv", "arrow"])
def test_no_room_for_the_result(form: str, edges: Path, openings: Path, disk: Path) -> None:
    out = disk / f"r.{form}"
    out.write_text("before")
    resize(disk, ROOM_FOR_STATE)
    refused = run(edges, "--openings", openings, "--out", out, *COARSE)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.endswith(
        f"r.{form}: The result could not be written (No space left on device). "
        "Make room, or give it another place.\n"
    )
    assert out.read_text() == "before"
    assert {path.name for path in disk.iterdir()} == {f"r.{form}", f"r.{form}.state"}
    resize(disk, 2 * ROOM_FOR_STATE)
    result = run(edges, "--openings", openings, "--out", out, *COARSE, "--json")
    assert f"this one goes on from r.{form}.state." in result.stderr
    assert load(out).height == figures(result)["placed"]
    assert [path.name for path in disk.iterdir()] == [f"r.{form}"]


def test_no_room_for_the_state(edges: Path, openings: Path, disk: Path) -> None:
    """The room that there is serves the result."""
    resize(disk, ROOM_FOR_STATE // 2)
    out = disk / "r.csv"
    result = run(edges, "--openings", openings, "--out", out, *COARSE, "--json")
    assert result.stderr == (
        "Nothing can be kept for a next time in r.csv.state (No space left on device).\n"
    )
    assert load(out).height == figures(result)["placed"]
    assert [path.name for path in disk.iterdir()] == ["r.csv"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_that_the_disk_is_full(form: str, disk: Path) -> None:
    resize(disk, 1 << 16)
    noise = pl.DataFrame({"noise": np.random.default_rng(1).random(100_000)})
    with pytest.raises(OSError, match="No space left on device") as full:
        write_table(noise, disk / f"r{form}")
    assert full.value.errno == errno.ENOSPC
