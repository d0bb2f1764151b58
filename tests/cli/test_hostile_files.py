"""Files made to be too much: each is refused with a sentence, in little memory, and nothing is written."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from katalysator.cli.match.tables import read_table
from katalysator.faults import InvalidInput
from tests.cli.hostile import HOSTILE, good_workbook
from tests.cli.tables import Run

_MOST_MEMORY: Final = 500  # MB, what is imported included
_READ: Final = """
import json, sys
from pathlib import Path
from katalysator.cli.match.tables import read_table
for name in sys.argv[1:]:
    problems = []
    read_table(Path(name), None, problems)
    kilobytes = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    print(json.dumps([problems[0].code if problems else "", int(kilobytes) // 1024]))
"""


def test_a_workbook_by_the_same_hand_is_read(tmp_path: Path) -> None:
    problems: list[InvalidInput] = []
    table = read_table(good_workbook(tmp_path / "good.xlsx"), None, problems)
    assert table, problems
    assert [line.cells for line in table.lines] == [("Een",)]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_too_much_is_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    """In a process of its own, so that its memory can be told."""
    code, make = HOSTILE[name]
    path = make(tmp_path / name)
    told = subprocess.run(
        [sys.executable, "-c", _READ, path], capture_output=True, text=True, check=True, timeout=120
    )
    found, peak = json.loads(told.stdout)
    assert (found, peak < _MOST_MEMORY) == (code, True), peak


def test_the_command_says_it_and_writes_nothing(run: Run, offers: Path, tmp_path: Path) -> None:
    needs = HOSTILE["row-far.xlsx"][1](tmp_path / "n.xlsx")
    result = run(needs, offers, "--out", tmp_path / "m.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{needs}: This is not a workbook that can be read. Open it")
    assert not (tmp_path / "m.csv").exists()


def test_a_table_full_of_faults_is_read_no_further(run: Run, offers: Path, tmp_path: Path) -> None:
    needs = tmp_path / "n.csv"
    needs.write_text("title,capacity\n" + "x,many\n" * 30_000)
    result = run(needs, offers, "--out", tmp_path / "m.csv")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "… and 9,980 more."
