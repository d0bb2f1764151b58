"""Everything a coalition has, written to a folder: each table for spreadsheets (CSV) and for programs (JSON lines).

With `datapackage.json` (Frictionless) beside them, which says what the columns are. One moment of the database
is written, row by row: memory stays the same however much there is.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from katalysator.core.exports import ExportedColumn, ExportedTable, tables
from katalysator.core.language import translate
from katalysator.formulas import harmless

_ONE_MOMENT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_AT_ONCE: Final = 1 << 20


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
    with transaction.atomic():
        if not connection.savepoint_ids:  # within another transaction the moment is that of it
            with connection.cursor() as cursor:
                cursor.execute(_ONE_MOMENT)
        written = []
        for each in tables(with_people=with_people):
            written.append(_table(folder, each, with_people=with_people))
            told(each.name, written[-1].rows)
    package = {
        "name": "coalition",
        "title": title,
        "created": timezone.now().isoformat(timespec="seconds"),
        "resources": [resource for each in written for resource in each.resources],
    }
    (folder / "datapackage.json").write_text(
        json.dumps(package, ensure_ascii=False, indent=1), "utf-8"
    )
    return sum(each.rows for each in written)


def _table(folder: Path, table: ExportedTable, *, with_people: bool) -> WrittenTable:
    columns, rows = table.columns(with_people=with_people), 0
    sheet, lines = (folder / f"{table.name}.{ending}" for ending in ("csv", "jsonl"))
    with sheet.open("w", encoding="utf-8-sig", newline="") as csv_file, lines.open("w", encoding="utf-8") as json_file:  # fmt: skip
        writer = csv.writer(csv_file)
        writer.writerow(columns)
        for record in table.rows(with_people=with_people):
            cells = {name: column.cell(record) for name, column in columns.items()}
            writer.writerow([harmless(_cell(value)) for value in cells.values()])
            json_file.write(json.dumps(cells, ensure_ascii=False, default=str) + "\n")
            rows += 1
    about, schema = translate(table.about), _schema(columns)
    resources = [
        {"name": name, "path": path.name, "format": path.suffix[1:], "encoding": "utf-8", "title": about,
         "bytes": path.stat().st_size, "hash": f"sha256:{_digest(path)}", "schema": schema}
        for name, path in ((table.name, sheet), (f"{table.name}-lines", lines))
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
            return "; ".join(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str)
        case Decimal():
            return str(value)
    return value


def _schema(columns: Mapping[str, ExportedColumn]) -> dict[str, Any]:
    fields = [{"name": name, "type": column.kind} for name, column in columns.items()]
    return {"fields": fields, "missingValues": [""]}


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            found.update(piece)
    return found.hexdigest()
