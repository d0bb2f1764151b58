"""What a person is told about the reading of a sheet, and asked where it is in doubt."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import shorten
from typing import Final

import click

from katalysator.cli.answering import lines_of
from katalysator.core.language import say, translate
from katalysator.faults import gettext_noop as _
from katalysator.matches.sheet_profiles import Listings
from katalysator.tables.grid import letters
from katalysator.tables.recognition import NOT_USED, Recognised, Use
from katalysator.tables.records import Records
from katalysator.tables.table import WHY_NO_LINE, Table, few

_NOT_COMPARED: Final = frozenset({"amount", "email"})
"""A budget is no price, and an address is a person's."""

_NAME, _EXAMPLE = 32, 40  # characters of a header and of an example that are shown


def taken(read: Records) -> Iterator[str]:
    """What each column was taken for, with an example; then what was left out."""
    table, found = read.table, read.recognised
    about = {"file": Path(table.file), "sheet": table.sheet, "line": str(table.header.number)}
    if table.sheet:
        yield say("%(file)s (%(sheet)s), header on line %(line)s:", **about)
    else:
        yield say("%(file)s, header on line %(line)s:", **about)
    used = [use for use in found.uses if use.is_read]
    rows = [(_header(use), _field(use), _short(use.example, _EXAMPLE)) for use in used]
    widths = [max(map(len, column), default=0) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(("", *map(str.ljust, row, widths))).rstrip()
    if apart := tuple(_header(use) for use in used if use.field in _NOT_COMPARED):
        yield say("  Understood, but not compared: %(columns)s.", columns=apart)
    if found.unused:
        unused = tuple(_short(header, _NAME) for header in found.unused)
        yield say("  Not used: %(columns)s.", columns=unused)
    yield from (f"  {note}" for note in table.notes)
    yield from _rows_left(read)


def findings(sides: Sequence[Listings]) -> Iterator[str]:
    """The first lines of what was not understood."""
    left = [reason for side in sides for reason in side.read.reasons]
    remarks = [remark for side in sides for remark in side.remarks]
    if left:
        yield translate(_("Left out, to be mended:"))
        yield from (f"  {line}" for line in lines_of(left))
    if remarks:
        yield translate(_("Left open:"))
        yield from (f"  {line}" for line in lines_of(remarks))
    if more := sum(side.read.more_remarks for side in sides):
        yield say("  Besides, %(more)s cells like these are not named.", more=more)


def ask(table: Table, recognised: Recognised) -> dict[str, str]:
    """Ask a person at the terminal about each column that may be two things."""
    answers: dict[str, str] = {}
    for use in recognised.doubts:
        if not use.header:
            continue
        choices = list(dict.fromkeys((use.field, *use.instead, NOT_USED)))
        click.echo(
            say(
                "%(file)s: what does column “%(column)s” hold, such as “%(example)s”?",
                file=Path(table.file),
                column=use.header,
                example=_short(use.example, _EXAMPLE),
            ),
            err=True,
        )
        answers[use.header] = click.prompt(
            translate(_("Choose")), default=use.field, type=click.Choice(choices), err=True
        )
    return answers


def _header(use: Use) -> str:
    return _short(use.header, _NAME) or letters(use.place)


def _field(use: Use) -> str:
    """The field, with a mark where it is a guess."""
    return f"{use.field}?" if use.instead or use.by == "cells" else use.field


def _short(text: str, most: int) -> str:
    return shorten(text, most, placeholder="…")


def _rows_left(read: Records) -> Iterator[str]:
    for why, lines in read.no_records.items():
        if why != WHY_NO_LINE["above"]:
            told = {"lines": few(lines), "why": translate(why)}
            yield say("  No record, lines %(lines)s: %(why)s.", **told)
