"""Twenty pairs of sheets as people keep them, written by hands that had not seen the reader: see pairs/README.md."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine

from katalysator.listings.sheet_states import is_over
from katalysator.listings.sheets import SHEETS, RowKind
from katalysator.tables.grid import letters
from katalysator.tables.recognition import Recognised, recognise
from katalysator.tables.records import Records, read_records
from katalysator.tables.sheets import open_table
from katalysator.tables.values.amounts import Amounts
from katalysator.tables.values.days import Days

PAIRS = Path(__file__).with_name("pairs")
WRITTEN = datetime(2026, 1, 15)  # noqa: DTZ001 — days without a year are read from here
KINDS: dict[str, RowKind] = {"needs": "need", "offers": "offer"}


def sides() -> Iterator[tuple[str, str]]:
    for folder in sorted(PAIRS.glob("[0-9][0-9]")):
        yield from ((folder.name, side) for side in KINDS)


def expected(pair: str, side: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAIRS / pair / "expected.json").read_text("utf-8"))[side]
    return found


@cache
def read(pair: str, side: str) -> Records:
    of, wanted = SHEETS[KINDS[side]], expected(pair, side)
    table = open_table(PAIRS / pair / wanted["file"], of)
    return read_records(table, recognise(table, of, wanted.get("said")), of)


@pytest.fixture(autouse=True)
def of_that_time() -> Iterator[None]:
    with time_machine.travel(WRITTEN, tick=False):
        yield


@pytest.mark.parametrize(("pair", "side"), list(sides()))
class TestSheet:
    def test_the_table_is_found(self, pair: str, side: str) -> None:
        wanted, found = expected(pair, side), read(pair, side)
        assert (found.table.sheet or wanted["sheet"]) == wanted["sheet"]
        assert found.table.header.number == wanted["header"]

    def test_each_record_is_read_and_nothing_else(self, pair: str, side: str) -> None:
        wanted, found = expected(pair, side), read(pair, side)
        over = [each.line.number for each in found.records if is_over(found.table, each.line)]
        withdrawn = wanted.get("over", [])
        assert set(withdrawn) >= set(over) if withdrawn else True
        assert len(found.records) - (len(over) if withdrawn else 0) == wanted["records"]
        assert found.left_out == ()

    def test_every_column_is_taken_for_what_it_is(self, pair: str, side: str) -> None:
        columns, found = expected(pair, side)["columns"], taken(read(pair, side).recognised)
        wrong = {
            name: found.get(name, "") for name in columns if not is_right(columns, found, name)
        }
        assert wrong == {}

    def test_cells_mean_what_they_say(self, pair: str, side: str) -> None:
        found, wanted = read(pair, side), expected(pair, side)["values"]
        records = {record.line.number: record for record in found.records}
        fields = taken(found.recognised)
        said = {cell: meant(records, fields, cell) for cell in wanted}
        assert said == wanted


def test_hardly_any_takes_an_option() -> None:
    assert sum("said" in expected(*each) for each in sides()) <= 2


def taken(recognised: Recognised) -> dict[str, str]:
    return {letters(use.place): use.field for use in recognised.uses}


def is_right(columns: dict[str, list[str]], found: dict[str, str], name: str) -> bool:
    return found.get(name, "") in columns[name]


def meant(records: dict[int, Any], fields: dict[str, str], cell: str) -> str:
    """What a record has for a cell such as “G12”; nothing where its row is no record."""
    place = re.fullmatch(r"([A-Z]+)([0-9]+)", cell)
    assert place
    record = records.get(int(place[2]))
    return told(record.get(fields[place[1]])) if record else ""


def told(value: Any) -> str:
    match value:
        case None:
            return ""
        case Days():
            return f"{value.start or ''} – {value.end or ''}"
        case Amounts():
            ends = ("" if end is None else str(end) for end in (value.low, value.high))
            return " – ".join(ends)
        case tuple():
            return "; ".join(each[1][0] if isinstance(each, tuple) else each for each in value)
        case _:
            return str(value)
