"""What was done is kept, and the work goes on from there with the same result."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from katalysator.engine.matching import Profile, TextFeatures
from katalysator.engine.matching.blocks import BlockFolder, Blocks, stamp
from katalysator.engine.matching.pipeline import RankedMatch, match
from katalysator.engine.matching.reading import here
from tests.engine.makers import WordEmbedder

NEEDS = [Profile(f"n{n}", f"vraag {n % 5} naar data", language="nl") for n in range(23)]
OFFERS = [Profile(f"o{n}", f"data {n % 4} voor zorg", language="nl") for n in range(9)]


class Counting:
    """A reader that counts the profiles it reads, and stops as by a power cut after `most`."""

    def __init__(self, most: int = 10_000) -> None:
        self.most, self.read = most, 0

    def __call__(self, chunks: Iterable[Sequence[Profile]]) -> Iterator[TextFeatures]:
        for reading in here(WordEmbedder())(chunks):
            self.read += len(reading.lean)
            if self.read > self.most:
                raise OSError("no power")
            yield reading


def run(blocks: Blocks | None, reader: Counting, block: int = 8) -> list[RankedMatch]:
    found = match(NEEDS, OFFERS, top=3, reader=reader, blocks=blocks, block=block)
    return list(found.matches)


def test_blocks_change_nothing(tmp_path: Path) -> None:
    whole = run(None, Counting(), block=1_000)
    assert run(None, Counting()) == whole
    assert run(BlockFolder(tmp_path / "state", "this").open(), Counting()) == whole


def test_a_job_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    def folder() -> BlockFolder:
        return BlockFolder(tmp_path / "state", "this").open()

    with pytest.raises(OSError, match="no power"):
        run(folder(), Counting(most=17))
    rest = Counting()
    assert run(folder(), rest) == run(None, Counting())
    assert rest.read == len(NEEDS) + len(OFFERS) - 16
    nothing = Counting()
    assert run(folder(), nothing) == run(None, Counting())
    assert nothing.read == 0


def test_blocks_of_another_origin_are_thrown_away(tmp_path: Path) -> None:
    first = BlockFolder(tmp_path / "state", "this").open()
    first["a"] = {"x": np.arange(3)}
    assert "a" in BlockFolder(tmp_path / "state", "this").open()
    assert first["a"]["x"].tolist() == [0, 1, 2]
    other = BlockFolder(tmp_path / "state", "that")
    assert other.is_of_other_origin
    assert "a" not in other
    assert "a" in first
    assert "a" not in other.open()
    assert not other.is_of_other_origin


def test_half_a_block_is_none(tmp_path: Path) -> None:
    folder = BlockFolder(tmp_path / "state", "this").open()
    (tmp_path / "state" / "a.unfinished").write_bytes(b"PK")
    assert "a" not in folder
    folder["a"] = {"x": np.arange(2)}
    assert folder["a"]["x"].tolist() == [0, 1]


@pytest.mark.parametrize("kept", [0, 0.5])
def test_a_block_that_was_cut_off_is_none(tmp_path: Path, kept: float) -> None:
    folder = BlockFolder(tmp_path / "state", "this").open()
    folder["a"] = {"x": np.arange(1_000)}
    whole = (folder.path / "a.npz").read_bytes()
    (folder.path / "a.npz").write_bytes(whole[: int(kept * len(whole))])
    assert "a" not in folder


def test_what_could_not_be_kept_takes_no_room(tmp_path: Path) -> None:
    folder = BlockFolder(tmp_path / "state", "this").open()
    with pytest.raises(ValueError, match="inhomogeneous"):
        folder["a"] = {"x": np.arange(3), "y": [[1], [1, 2]]}  # type: ignore[dict-item]
    assert "a" not in folder
    assert len(list(folder.path.iterdir())) == 1


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    folder = BlockFolder(tmp_path / "state", "this").open()
    folder["a"] = {"x": np.arange(2)}
    (folder.path / "mine.txt").write_text("keep")
    folder.remove()
    assert [path.name for path in folder.path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("change", ["size", "time", "name", "gone"])
def test_a_file_that_changed_has_another_stamp(tmp_path: Path, change: str) -> None:
    path = tmp_path / "e.csv"
    path.write_text("a")
    before, times = stamp(path), path.stat()
    if change == "size":
        path.write_text("ab")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    elif change == "time":
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns + 1))
    else:
        path = path.rename(tmp_path / "f.csv") if change == "name" else tmp_path / "none.csv"
    assert stamp(path) != before


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "state"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    BlockFolder(mine, "this").remove()
    assert (mine / "letter.txt").read_text() == "dear"
    with pytest.raises(FileExistsError):
        BlockFolder(mine, "this").open()


def test_removed_is_gone(tmp_path: Path) -> None:
    folder = BlockFolder(tmp_path / "state", "this").open()
    folder["a"] = {"x": np.arange(2)}
    folder.remove()
    assert list(tmp_path.iterdir()) == []
    folder.remove()
