"""What a coalition has, written to a folder: each table for spreadsheets (CSV) and for programs (JSON lines).

With `datapackage.json` (Frictionless) beside them, which says what the columns are. One moment of the database
is written, row by row: memory stays the same however much there is.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from katalysator.core.exports import ExportedColumn, WritableTable, open_tables, tables
from katalysator.core.language import translate
from katalysator.formulas import harmless

_ONE_MOMENT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_AT_ONCE: Final = 1 << 20
_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_SEPARATOR: Final = "; "
DESCRIPTION: Final = "datapackage.json"
"""The file that says what the others hold."""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table as it was written: how many rows, and what its description says."""

    name: str
    rows: int
    resources: Sequence[Mapping[str, Any]]


def write_everything(
    folder: Path, *, title: str, with_people: bool, told: Callable[[str, int], None]
) -> int:
    """Write all tables to a folder that is empty; `told` hears of each. Says how many rows there are.

    Cost: a query a table, and one a thousand rows for what hangs on them.
    """
    found = (each.writable(with_people=with_people) for each in tables(with_people=with_people))
    return _write(folder, found, {"name": "coalition", "title": title}, told)


def write_open(folder: Path, described: Mapping[str, Any]) -> int:
    """Write what anybody may have to a folder that is empty, with what is said of it as a whole. Says how many rows.

    Cost: as `write_everything`.
    """
    return _write(folder, open_tables(), described, lambda _name, _rows: None)


def _write(
    folder: Path,
    writable: Iterable[WritableTable],
    described: Mapping[str, Any],
    told: Callable[[str, int], None],
) -> int:
    with transaction.atomic():
        if not connection.savepoint_ids:  # within another transaction the moment is that of it
            with connection.cursor() as cursor:
                cursor.execute(_ONE_MOMENT)
        written = []
        for each in writable:
            written.append(_table(folder, each))
            told(each.name, written[-1].rows)
    package = {
        "$schema": _PROFILE,
        **described,
        "created": timezone.now().isoformat(timespec="seconds"),
        "resources": [resource for each in written for resource in each.resources],
    }
    (folder / DESCRIPTION).write_text(json.dumps(package, ensure_ascii=False, indent=1), "utf-8")
    return sum(each.rows for each in written)


def _table(folder: Path, table: WritableTable) -> WrittenTable:
    columns, rows = table.columns, 0
    sheet, lines = (folder / f"{table.name}.{ending}" for ending in ("csv", "jsonl"))
    with sheet.open("w", encoding="utf-8-sig", newline="") as csv_file, lines.open("w", encoding="utf-8") as json_file:  # fmt: skip
        writer = csv.writer(csv_file)
        writer.writerow(columns)
        for record in table.rows():
            cells = {name: column.cell(record) for name, column in columns.items()}
            writer.writerow([harmless(_cell(value)) for value in cells.values()])
            json_file.write(json.dumps(cells, ensure_ascii=False, default=str) + "\n")
            rows += 1
    about = translate(table.about)
    resources = [
        {"name": name, "path": path.name, "format": path.suffix[1:], "encoding": "utf-8", "title": about,
         "bytes": path.stat().st_size, "hash": f"sha256:{_digest(path)}", "type": "table", "schema": _schema(columns, of)}
        for name, path, of in ((table.name, sheet, _IN_CELLS), (f"{table.name}-lines", lines, _IN_LINES))
    ]  # fmt: skip
    return WrittenTable(table.name, rows, resources)


def _cell(value: Any) -> Any:
    """A value in one cell of a spreadsheet."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list() if all(isinstance(each, str) for each in value):
            return _SEPARATOR.join(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str)
        case Decimal():
            return str(value)
    return value


_IN_LINES: Final[Mapping[str, Mapping[str, Any]]] = {"datetime": {"format": "any"}}
"""How values of some types are written in JSON lines, as a data package says it."""
_IN_CELLS: Final[Mapping[str, Mapping[str, Any]]] = {
    **_IN_LINES,
    "boolean": {"trueValues": ["yes"], "falseValues": ["no"]},
    "list": {"delimiter": _SEPARATOR},
}
"""The same in CSV."""


def _schema(
    columns: Mapping[str, ExportedColumn], written: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """What the columns are; a list of texts is one where values are texts, and an array in JSON."""
    fields = []
    for name, column in columns.items():
        kind = "array" if column.kind == "list" and "list" not in written else column.kind
        fields.append({"name": name, "type": kind, **written.get(kind, {})})
    return {"fields": fields, "missingValues": [""]}


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            found.update(piece)
    return found.hexdigest()
