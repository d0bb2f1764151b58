"""Tables come from a path, a pipe or an upload; what is too much is refused in little memory."""

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

import pytest

from katalysator.faults import InvalidInput
from katalysator.tables import reading
from katalysator.tables.reading import read_grids
from tests.cli.hostile import HOSTILE, good_workbook

_MOST_MEMORY: Final = 500  # MB, what is imported included
_READ: Final = """
import json, sys
from pathlib import Path
from katalysator.faults import InvalidInput
from katalysator.tables.reading import read_grids
try:
    code = str(read_grids(Path(sys.argv[1])))
except InvalidInput as error:
    code = error.code
kilobytes = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(json.dumps([code, int(kilobytes) // 1024]))
"""


def test_an_upload(tmp_path: Path) -> None:
    (grid,) = read_grids(io.BytesIO(b"a;b\n1;2\n"), name="upload.csv")
    assert (grid.file, grid.rows) == ("upload.csv", (("a", "b"), ("1", "2")))
    data = good_workbook(tmp_path / "good.xlsx").read_bytes()
    (grid,) = read_grids(io.BytesIO(data), name="upload.xlsx")
    assert grid.rows == (("title",), ("Een", "", "1"))


def test_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"a;b\n1;2\n",))
    writer.start()
    (grid,) = read_grids(pipe)
    writer.join()
    assert (grid.file, grid.rows) == (str(pipe), (("a", "b"), ("1", "2")))


def test_a_file_is_called_by_its_path_or_as_is_said(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a\n")
    assert read_grids(path)[0].file == str(path)
    assert read_grids(path, name="Vragen")[0].file == "Vragen"


def test_a_refusal_begins_with_the_name(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a\n\xe9\n")
    with pytest.raises(InvalidInput, match=r"^Vragen, line 2: Byte 0xE9"):
        read_grids(path, name="Vragen", encoding="ascii")


def test_what_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "not-there.csv", tmp_path):
        with pytest.raises(InvalidInput, match="The file cannot be read") as caught:
            read_grids(path)
        assert caught.value.code == "file-unreadable"


@pytest.mark.parametrize("is_path", [True, False])
def test_a_file_that_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_path: bool
) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 1 << 20)
    path = tmp_path / "t.csv"
    path.write_bytes(b"a\n" * (1 << 20))
    with pytest.raises(InvalidInput, match="The file is larger than 1 MB"):
        read_grids(path if is_path else io.BytesIO(path.read_bytes()))


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_too_much_is_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    """In a process of its own, so that its memory can be told."""
    code, make = HOSTILE[name]
    told = subprocess.run(
        [sys.executable, "-c", _READ, make(tmp_path / name)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found, peak = json.loads(told.stdout)
    may_be = {code, "rows-many"} if name == "cells-on-their-own-line.csv" else {code}
    assert found in may_be
    assert peak < _MOST_MEMORY
