"""Formulas in every field that is exported: no spreadsheet runs one, however it reads the file."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from openpyxl import load_workbook

from katalysator.engine.matching import write_table
from katalysator.tables.writing import WrittenColumn, write_xlsx
from tests.attack.hostile_texts import World, world
from tests.attack.test_stored_text import content
from tests.matches.sheets import read_file
from tests.test_formulas import RUNS, is_number

FORMULAS = (
    "=cmd|'/c calc'!A0",
    "+1+cmd|'/c calc'!A0",
    "-1+1;=1",
    "@SUM(A1:A9)",
    "a;=HYPERLINK(B1)",
    'a;"=1+1"',
    "a\t=1",
    "a\n=1",
    "a,=1",
    "＝1+1",
    "\ufeff=1",
)


@pytest.fixture
def coalition(db: None) -> World:
    return world()


def exports(coalition: World) -> Iterator[tuple[str, str]]:
    """Every table that anybody can download."""
    for client in coalition.clients.values():
        for address in coalition.pages:
            if address.endswith(".csv"):
                response = client.get(address)
                if response.status_code == 200:
                    yield address, content(response)


def in_any_reading(table: str) -> Iterator[str]:
    """The cells of a table for who splits it by any sign, heeding quotation marks or not."""
    for delimiter in ",;\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            lines = table.splitlines(keepends=True)
            for row in csv.reader(lines, delimiter=delimiter, quoting=quoting):
                yield from (cell.strip(' "\ufeff') for cell in row)


@pytest.mark.faults(sample=4)
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_download_of_the_site_runs(coalition: World, formula: str) -> None:
    coalition.fill(formula)
    found = dict(exports(coalition))
    assert len(found) == 11, sorted(found)
    for address, table in found.items():
        cells = [cell for cell in in_any_reading(table) if cell.startswith(RUNS)]
        assert not [cell for cell in cells if not is_number(cell)], address


def test_the_board_comes_back_from_its_download(coalition: World, tmp_path: Path) -> None:
    """What `match` reads of it is what was typed."""
    coalition.fill("=1;-2")
    path = tmp_path / "board.csv"
    path.write_bytes(content(coalition.clients["member"].get("/en/listings/export.csv")).encode())
    assert {profile.title for profile in read_file(path).profiles} == {"=1;-2"}


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_table_of_the_engine_runs(formula: str, tmp_path: Path) -> None:
    write_table(pl.DataFrame({"person": [formula], "score": [-0.5]}), tmp_path / "t.csv")
    cells = [*in_any_reading((tmp_path / "t.csv").read_bytes().decode())]
    assert not [cell for cell in cells if cell.startswith(RUNS) and not is_number(cell)]


def test_a_workbook_holds_texts_and_no_links(tmp_path: Path) -> None:
    """Written as `match` does; see also tests/cli/test_match_output.py."""
    texts = (*FORMULAS, "https://x.example", "#REF!")
    columns = [WrittenColumn(text) for text in texts]
    write_xlsx(tmp_path / "t.xlsx", columns, [texts], sheet="t")
    read: Any = load_workbook(tmp_path / "t.xlsx").active
    for cell in (*read[1], *read[2]):
        assert (cell.data_type, cell.quotePrefix, cell.hyperlink) == ("s", True, None)
