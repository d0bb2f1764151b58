"""What a user says of columns: on the command line, or kept by name for the next sheet like it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import click

from katalysator.cli.match.profiles import Listings
from katalysator.cli.target import write_text
from katalysator.core.language import say
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.listings.sheets import FIELDS
from katalysator.tables.names import words
from katalysator.tables.recognition import NOT_USED, Recognised
from katalysator.tables.table import Table

_NAME: Final = re.compile(r"[\w][\w -]{0,63}")


@dataclass(frozen=True, slots=True)
class ColumnsSaid:
    """The fields of columns by their headers: what was kept, and what is said now, which goes before it.

    `shared` names may stand in either file.
    """

    kept: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)

    def of(self, table: Table) -> dict[str, str]:
        """The field of each column of which something is said. Raises InvalidInput for a name that is nowhere."""
        present = {words(name) for name in table.header.cells if name}
        for header, name in self.own.items():
            if words(header) not in present:
                raise table.at(not_there(name, header, [table]), table.header.number)
        return {**self.kept, **self.shared, **self.own}


def parse(pairs: Iterable[str]) -> dict[str, str]:
    """Read pairs such as ``title=Onderwerp``: the field by the header."""
    said: dict[str, str] = {}
    for pair in pairs:
        name, sign, header = (part.strip() for part in pair.partition("="))
        found = NOT_USED if name == NOT_USED else _field(name)
        if not sign or not header or not found:
            raise InvalidInput(
                "column-mapping",
                _("“%(pair)s” does not say which column is which."),
                hint=_("Write title=Subject. Before the sign comes one of: %(names)s."),
                pair=pair,
                names=tuple(field.name for field in FIELDS),
            )
        said[header] = found
    return said


def _field(name: str) -> str:
    """The field that goes by this name, or by one of the headers that it may have; empty where none does."""
    named = {words(each): field.name for field in FIELDS[::-1] for each in field.headers}
    named |= {words(field.name): field.name for field in FIELDS}
    return named.get(words(name), "") if words(name) else ""


def not_there(field: str, header: str, tables: Iterable[Table]) -> InvalidInput:
    """The refusal of a column that is in none of the tables."""
    names = [name for table in tables for name in table.header.cells if name]
    return InvalidInput(
        "column-missing",
        _("There is no column “%(name)s” to read as “%(column)s”."),
        hint=_("The columns are: %(header)s."),
        name=header,
        column=field,
        header=tuple(dict.fromkeys(names)),
    )


def check_shared(shared: Mapping[str, str], *tables: Table) -> list[InvalidInput]:
    """Complaints about names that were said of both files and stand in neither."""
    present = {words(name) for table in tables for name in table.header.cells if name}
    where = " + ".join(dict.fromkeys(table.file for table in tables))
    return [
        not_there(name, header, tables).at(where)
        for header, name in shared.items()
        if words(header) not in present
    ]


def file_of(name: str) -> Path:
    """Where the mapping of this name is kept, whether it is there or not."""
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            "mapping-name",
            _("“%(name)s” cannot be the name of a mapping."),
            hint=_("Use letters, digits, spaces and hyphens: at most 64."),
            name=name,
        ).at("--mapping")
    return Path(click.get_app_dir("katalysator")) / "mappings" / f"{name}.json"


def load(name: str) -> dict[str, dict[str, str]]:
    """The mapping that was kept under a name: fields by header, for needs and for offers; empty where there is none."""
    path = file_of(name)
    if not path.exists():
        return {}
    try:
        found: Any = json.loads(path.read_text("utf-8"))
        return {
            side: {str(k): str(v) for k, v in found[side].items()} for side in ("need", "offer")
        }
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        raise InvalidInput(
            "mapping-file",
            _("The mapping “%(name)s” cannot be read."),
            hint=_("Remove the file %(path)s: it is made again."),
            name=name,
            path=path,
        ).at("--mapping") from None


def keep(name: str, sides: Sequence[Listings]) -> Iterator[str]:
    """Keep what the columns of needs and offers were taken for, if there is a name; says so."""
    if not name:
        return
    path = file_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        kind: _fields(side.read.recognised)
        for kind, side in zip(("need", "offer"), sides, strict=True)
    }
    write_text(path, json.dumps(kept, ensure_ascii=False, indent=1))
    yield say("What the columns hold is kept: --mapping “%(name)s”.", name=name)


def _fields(found: Recognised) -> dict[str, str]:
    return {use.header: use.field or NOT_USED for use in found.uses if use.header}
