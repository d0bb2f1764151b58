"""Whatever a sheet holds and however it is written: every row is accounted for, once."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from hypothesis import given, strategies as st

from katalysator.faults import InvalidInput
from katalysator.listings.sheets import SHEETS, RowKind
from katalysator.tables.grid import Grid
from katalysator.tables.recognition import recognise
from katalysator.tables.records import Records, read_records
from katalysator.tables.sheets import chosen, open_table
from tests.examples import examples

COLUMNS = {
    "Nr": st.sampled_from(["1", "2", "3", "V-4", "", "#REF!"]),
    "Titel": st.sampled_from(
        ["Slimme camera voor de haven", "Data over bodem en water", "", "-", "x" * 1_001, "#N/B"]
    ),
    "Omschrijving": st.sampled_from(
        ["Wij zoeken iemand die ons kan helpen met een model.", "", "<br>", "y " * 10_001]
    ),
    "Plaats": st.sampled_from(["Ede", "Utrecht, Zeist", "in de wijk", "NL31; Q12", ""]),
    "Periode": st.sampled_from(["mei 2026", "03/04/2026", "na de zomer", "31-02-2026", ""]),
    "Plekken": st.sampled_from(["3", "10-15", "veel", "99999999", "-1", ""]),
    "Budget": st.sampled_from(["€ 1.250,-", "10-20 k", "-5", "n.t.b.", "1.250 mln", ""]),
    "Regio verplicht": st.sampled_from(["ja", "nee", "Ede", "misschien", ""]),
    "Mail": st.sampled_from(["a@lab.example", "bel even", ""]),
    "Opmerking": st.sampled_from(["bellen!", "#REF!", "=1+1", ""]),
    "Kleur": st.sampled_from(["rood", "", "\N{GRINNING FACE}"]),
}
ABOVE = st.lists(
    st.sampled_from(
        [(), ("Vragen 2026",), ("versie 3", "", "1 mei"), ("Vul alles in.",), ("", "")]
    ),
    max_size=3,
)
BELOW = st.lists(
    st.sampled_from(
        [(), ("Totaal", "", "3"), ("Groen = nog open",), ("", "te veel", *["x"] * 20), ("Bomen",)]
    ),
    max_size=3,
)
Row = Sequence[str]


@st.composite
def sheets(draw: st.DrawFn) -> list[Row]:
    """Rows with a header among them, of known columns in any order; the last cells of a row may be missing."""
    names = draw(st.permutations(list(COLUMNS)))[: draw(st.integers(1, len(COLUMNS)))]
    rows = draw(st.lists(st.tuples(*(COLUMNS[name] for name in names)), max_size=8))
    cut = [row[: draw(st.integers(0, len(row)))] if draw(st.booleans()) else row for row in rows]
    return [*draw(ABOVE), tuple(names), *cut, *draw(BELOW)]


def written(rows: Sequence[Row], separator: str, end: str, *, said: bool, quoted: bool) -> str:
    file = io.StringIO(newline="")
    writer = partial(csv.writer, file, delimiter=separator, lineterminator=end)
    (writer(quoting=csv.QUOTE_ALL) if quoted else writer()).writerows(rows)
    return (f"sep={separator}{end}" if said else "") + file.getvalue()


def numbers(found: Records) -> list[int]:
    """Of all rows but the header, as often as they are accounted for."""
    lines = (
        *(record.line for record in found.records),
        *found.silent,
        *(each.line for each in found.left_out),
        *(each.line for each in found.table.no_lines),
    )
    return sorted([*(line.number for line in lines), found.table.header.number])


@examples(150)
@given(
    sheets(),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["need", "offer"]),
)
def test_every_row_of_a_text_is_a_record_or_is_told(
    rows: list[Row],
    separator: str,
    end: str,
    encoding: str,
    said: bool,
    quoted: bool,
    kind: RowKind,
) -> None:
    data = written(rows, separator, end, said=said, quoted=quoted).encode(encoding)
    of = SHEETS[kind]
    with suppress(InvalidInput):
        table = open_table(io.BytesIO(data), of, name="sheet")
        found = read_records(table, recognise(table, of), of)
        expected = [n for n, row in enumerate(rows, 1 + said) if any(map(str.strip, row))]
        assert numbers(found) == expected


@examples(150)
@given(
    sheets(), st.sets(st.integers(0, 12)), st.sets(st.tuples(st.integers(0, 12), st.integers(0, 5)))
)
def test_every_row_of_a_workbook_is_a_record_or_is_told(
    rows: list[Row], struck: set[int], unsaved: set[tuple[int, int]]
) -> None:
    """Also where rows are crossed out, and formulas were saved without their values."""
    held = [(n, tuple(row)) for n, row in enumerate(rows, 1) if any(row)]
    grid = Grid(
        "sheet",
        tuple(row for _n, row in held),
        tuple(n for n, _row in held),
        sheet="Blad1",
        letters=True,
        struck=frozenset(place for place in struck if place < len(held)),
        unsaved=frozenset(cell for cell in unsaved if cell[0] < len(held)),
    )
    of = SHEETS["need"]
    with suppress(InvalidInput):
        found = read_records(table := chosen([grid], of), recognise(table, of), of)
        assert numbers(found) == [n for n, _row in held]
        keys = [key for record in found.records if (key := record.get("id"))]
        assert len(keys) == len(set(keys))


@examples(100)
@given(st.lists(st.sampled_from(["1", "2", "3", ""]), min_size=2, max_size=9))
def test_rows_that_can_be_used_are_records(keys: list[str]) -> None:
    """All but those whose id was seen before."""
    rows = [("Nr", "Titel", "Plaats"), *((key, f"Vraag {n}", "Ede") for n, key in enumerate(keys))]
    of = SHEETS["need"]
    table = chosen([Grid("sheet", tuple(rows), tuple(range(1, len(rows) + 1)))], of)
    found = read_records(table, recognise(table, of), of)
    again = [n for n, key in enumerate(keys) if key and key in keys[:n]]
    assert [each.line.number - 2 for each in found.left_out] == again
    assert len(found.records) == len(keys) - len(again)
