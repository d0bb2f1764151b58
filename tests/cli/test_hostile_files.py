"""Files made to be too much: refused with a sentence; see tests/tables/test_reading.py for each of them."""

import csv
from pathlib import Path

from katalysator.tables.records import MOST_TOLD
from tests.cli.hostile import HOSTILE
from tests.cli.tables import Run


def test_the_command_says_it_and_writes_nothing(run: Run, offers: Path, tmp_path: Path) -> None:
    needs = HOSTILE["row-far.xlsx"][1](tmp_path / "n.xlsx")
    result = run(needs, offers, "--out", tmp_path / "m.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{needs}: This is not a workbook that can be read. Open it")
    assert not (tmp_path / "m.csv").exists()


def test_of_a_table_full_of_faults_no_more_is_kept_than_can_be_read(
    run: Run, offers: Path, tmp_path: Path
) -> None:
    needs = tmp_path / "n.csv"
    needs.write_text("title,capacity\n" + "x,many\n" * (MOST_TOLD + 5))
    result = run(needs, offers, "--out", tmp_path / "m.csv", "--no-reasons", "--top", 1)
    assert result.exit_code == 0, result.output
    assert "  … and 9,980 more.\n  Besides, 5 cells like these are not named.\n" in result.stdout
    with (tmp_path / "m.findings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len([*csv.reader(file)]) == 1 + MOST_TOLD
