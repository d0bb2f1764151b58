"""What a user says of columns, by the names of those: what goes before all that is recognised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.fields import Field
from katalysator.tables.names import words
from katalysator.tables.recognition import NOT_USED
from katalysator.tables.table import Table


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
                raise table.at(_not_there(name, header, [table]), table.header.number)
        return {**self.kept, **self.shared, **self.own}


def columns_in(pairs: Iterable[str], fields: Sequence[Field]) -> dict[str, str]:
    """Read pairs such as ``title=Onderwerp``: the field by the header."""
    said: dict[str, str] = {}
    for pair in pairs:
        name, sign, header = (part.strip() for part in pair.partition("="))
        found = NOT_USED if name == NOT_USED else _field(name, fields)
        if not sign or not header or not found:
            raise InvalidInput(
                "column-mapping",
                _("“%(pair)s” does not say which column is which."),
                hint=_("Write title=Subject. Before the sign comes one of: %(names)s."),
                pair=pair,
                names=tuple(dict.fromkeys(each.name for each in fields)),
            )
        said[header] = found
    return said


def _field(name: str, fields: Sequence[Field]) -> str:
    """The field that goes by this name, or by one of the headers that it may have; empty where none does."""
    named = {words(header): each.name for each in fields[::-1] for header in each.headers}
    named |= {words(each.name): each.name for each in fields}
    return named.get(words(name), "") if words(name) else ""


def _not_there(field: str, header: str, tables: Iterable[Table]) -> InvalidInput:
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
        _not_there(name, header, tables).at(where)
        for header, name in shared.items()
        if words(header) not in present
    ]
