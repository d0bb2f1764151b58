"""Reading the two tables: which reader for which file, and what is refused before it is opened."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from katalysator.cli.match.csv_file import read_csv
from katalysator.cli.match.frame_file import FORMS, read_frame
from katalysator.cli.match.table import LARGEST_FILE, Table, nothing_under_it
from katalysator.cli.match.xlsx_file import read_xlsx
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _

_Reader = Callable[[Path, str | None, list[InvalidInput]], Table]

_READERS: Final[dict[str, _Reader]] = {
    ".csv": read_csv,
    ".xlsx": lambda path, _encoding, _problems: read_xlsx(path),
    **dict.fromkeys(FORMS, lambda path, _encoding, _problems: read_frame(path)),
}


def read_table(path: Path, encoding: str | None, problems: list[InvalidInput]) -> Table | None:
    """The table of a file; None, and a problem more, where it cannot be read at all."""
    found_before = len(problems)
    try:
        _check(path)
        table = _READERS[path.suffix.lower()](path, encoding, problems)
    except InvalidInput as error:
        problems.append(error.at(str(path)))
        return None
    if not table.lines and len(problems) == found_before:
        problems.append(table.at(nothing_under_it(), table.header.number))
    return table


def _check(path: Path) -> None:
    if path.suffix.lower() not in _READERS:
        raise InvalidInput(
            "file-kind",
            _("This kind of file cannot be read."),
            hint=_("Save it as one of these: %(kinds)s."),
            kinds=tuple(_READERS),
        )
    if path.stat().st_size > LARGEST_FILE:
        raise InvalidInput(
            "file-large",
            _("The file is larger than %(most)s MB."),
            hint=_("Split the table, by market for instance, and match the parts in turn."),
            most=LARGEST_FILE >> 20,
        )
