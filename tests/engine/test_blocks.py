"""What was done is kept, and the work goes on from there with the same result."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from katalysator.engine.matching import Profile, TextFeatures
from katalysator.engine.matching.blocks import BlockFolder, Blocks
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
    assert "a" not in BlockFolder(tmp_path / "state", "that").open()


def test_half_a_block_is_none(tmp_path: Path) -> None:
    folder = BlockFolder(tmp_path / "state", "this").open()
    (tmp_path / "state" / "a.unfinished").write_bytes(b"PK")
    assert "a" not in folder
    folder["a"] = {"x": np.arange(2)}
    assert folder["a"]["x"].tolist() == [0, 1]


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
