"""Parquet and Arrow: typed columns in, typed columns out, and work that can go on."""

from collections.abc import Callable
from datetime import date, datetime
from math import inf
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from katalysator.cli.match import run as running
from katalysator.engine.matching.blocks import Arrays, BlockFolder
from tests.cli.tables import HEADER, NEEDS, OFFERS, Names, Read, Run
from tests.engine.makers import days
from tests.matches.sheets import only, read_file

WriteFrame = Callable[..., Path]


@pytest.fixture
def write_frame(tmp_path: Path) -> WriteFrame:
    def write(name: str, **columns: list[Any]) -> Path:
        frame = pl.DataFrame(columns)
        path = tmp_path / name
        (frame.write_parquet if path.suffix == ".parquet" else frame.write_ipc)(path)
        return path

    return write


@pytest.fixture
def frames(write_frame: WriteFrame) -> tuple[Path, Path]:
    both = [
        {
            name: [row.get(name) for row in rows]
            for name in dict.fromkeys(k for r in rows for k in r)
        }
        for rows in (NEEDS, OFFERS)
    ]
    return write_frame("needs.parquet", **both[0]), write_frame("offers.arrow", **both[1])


def test_frames_give_what_spreadsheets_give(
    run: Run, needs: Path, offers: Path, frames: tuple[Path, Path], tmp_path: Path
) -> None:
    run(needs, offers, "--out", tmp_path / "a.csv")
    result = run(*frames, "--out", tmp_path / "b.csv")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_types_are_read_as_one_would_type_them(write_frame: WriteFrame) -> None:
    path = write_frame(
        "n.parquet",
        id=[7],
        title=["Een"],
        skills=[["Python", "sql"]],
        region=["NL31"],
        region_required=[True],
        period_start=[date(2026, 1, 2)],
        period_end=[datetime(2026, 3, 4)],  # noqa: DTZ001
        ticket_min=[1250.5],
        capacity=[3],
    )
    profile = only(read_file(path))
    assert (profile.key, profile.skills, profile.capacity) == ("7", ("python", "sql"), 3)
    assert profile.ranges["period"] == days(date(2026, 1, 2), date(2026, 3, 4))
    assert profile.needs_regions == {"NL31"}
    assert profile.ranges["ticket"] == (1250.5, inf)


def test_what_is_null_is_blank_and_rows_without_anything_are_skipped(
    write_frame: WriteFrame,
) -> None:
    path = write_frame(
        "n.parquet", title=[None, "Een"], skills=[None, ["a", None]], capacity=[None, None]
    )
    profile = only(read_file(path))
    assert (profile.key, profile.skills, profile.capacity) == ("2", ("a",), 1)


def test_a_column_that_is_no_text_is_named(
    run: Run, offers: Path, out: Path, write_frame: WriteFrame
) -> None:
    path = write_frame("n.parquet", title=["Een"], text=[{"a": 1}])
    result = run(path, offers, "--out", out)
    assert result.exit_code == 2
    assert "The column “text” holds Struct" in result.stderr


def test_result_has_a_type_for_each_column(
    run: Run, needs: Path, offers: Path, out: Path, tmp_path: Path, written: Read
) -> None:
    run(needs, offers, "--out", out)
    run(needs, offers, "--out", tmp_path / "m.parquet")
    frame = pl.read_parquet(tmp_path / "m.parquet")
    assert frame.columns == HEADER
    assert (frame["rank"].dtype, frame["score"].dtype) == (pl.Int64(), pl.Float64())
    for row, texts in zip(frame.iter_rows(named=True), written(out), strict=True):
        assert row["reason"] == texts["reason"]
        assert f"{row['score']:.4f}" == texts["score"]


def test_without_reasons(run: Run, needs: Path, offers: Path, out: Path, written: Read) -> None:
    run(needs, offers, "--out", out)
    before = written(out)
    run(needs, offers, "--out", out, "--no-reasons")
    assert [row["reason"] for row in written(out)] == [""] * len(before)
    assert [row | {"reason": ""} for row in before] == written(out)


def test_no_match_is_a_result_with_columns(
    run: Run, needs: Path, offers: Path, tmp_path: Path
) -> None:
    run(needs, offers, "--out", tmp_path / "m.parquet", "--least", "1")
    assert pl.read_parquet(tmp_path / "m.parquet").columns == HEADER


# Long jobs


@pytest.fixture
def all_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LARGE", 0)


@pytest.mark.usefixtures("all_long")
def test_a_long_job_leaves_only_its_result(
    run: Run, needs: Path, offers: Path, out: Path, tmp_path: Path, files_in: Names
) -> None:
    run(needs, offers, "--out", tmp_path / "short.csv")
    before = files_in(tmp_path)
    assert run(needs, offers, "--out", out).exit_code == 0
    assert files_in(tmp_path) == before | {out.name}
    assert out.read_bytes() == (tmp_path / "short.csv").read_bytes()


@pytest.mark.usefixtures("all_long")
def test_what_was_done_is_kept_until_the_result_is_there(
    run: Run, needs: Path, offers: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(BlockFolder, "__setitem__", full)
        result = run(needs, offers, "--out", out)
    assert result.exit_code == 2
    assert "could not be kept (No space left on device). Make room and run" in result.stderr
    state = out.with_name(f"{out.name}.state")
    assert state.is_dir()
    assert not out.exists()
    assert run(needs, offers, "--out", out).exit_code == 0
    assert out.exists()
    assert not state.exists()


@pytest.mark.usefixtures("all_long")
@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_going_on_is_told(
    run: Run,
    needs: Path,
    offers: Path,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    quiet: list[str],
) -> None:
    keep = BlockFolder.__setitem__

    def full_by_then(folder: BlockFolder, name: str, arrays: Arrays) -> None:
        if name.startswith("pairs"):
            raise OSError(28, "No space left on device")
        keep(folder, name, arrays)

    with monkeypatch.context() as patch:
        patch.setattr(BlockFolder, "__setitem__", full_by_then)
        first = run(needs, offers, "--out", out)
    assert "Going on" not in first.stderr
    again = run(needs, offers, "--out", out, "--language", "nl", *quiet)
    assert again.stderr == "Gaat verder waar dezelfde opdracht werd afgebroken.\n"
    assert again.exit_code == 0
