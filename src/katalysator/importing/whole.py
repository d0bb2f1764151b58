"""A sheet that is taken in whole or not at all, without a preview: its records, or what is wrong on which line."""

from collections.abc import Sequence

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.reading import GivenFile, read_table
from katalysator.tables.fields import SheetOf
from katalysator.tables.recognition import recognise
from katalysator.tables.records import Records, read_records


def read_whole(
    file: GivenFile, sheet: SheetOf, needed: Sequence[str], missing: InvalidInput
) -> Records:
    """All records of a sheet.

    Parameters
    ----------
    file, sheet
        What was given, and what its columns may be.
    needed, missing
        The names of fields that need a column, and what is said where one has none.

    Raises InvalidInput, also at the first line that says something that cannot be. Cost: that of reading the file.

    """
    table = read_table(file, sheet)
    recognised = recognise(table, sheet)
    if any(not recognised.places(name) for name in needed):
        raise missing
    read = read_records(table, recognised, sheet)
    for left in read.left_out:
        raise InvalidInput(
            "line-wrong",
            _("Line %(line)s: %(why)s"),
            hint=_("Mend the sheet and give it again: nothing was taken in."),
            line=left.line.number,
            why=left.why,
        )
    return read
