"""What the reading of the sheets left: rows to be mended and given again, and all that there is to say."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from katalysator.cli.match import mappings, told
from katalysator.cli.match.profiles import Listings
from katalysator.cli.target import check_no_input, replacing
from katalysator.core.language import say, translate
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.writing import WrittenColumn, write_csv, write_xlsx

REASON = _("Reason")
_WIDTHS = 60, 24


def check(out: Path, inputs: Sequence[Path]) -> None:
    """Refuse a result beside which a file would be written that is one of those that are read."""
    for each in (*_left_out_files(out), _findings_file(out)):
        check_no_input(each, inputs)


def about_reading(out: Path, sides: Sequence[Listings], mapping: str) -> Iterator[str]:
    """All that there is to say of how needs and offers were read; writes what is to be kept of it."""
    for side in sides:
        yield from told.taken(side.read)
    yield from told.findings(sides)
    yield from write_left_out(out, sides)
    yield from write_findings(out, sides)
    yield from mappings.keep(mapping, sides)


def write_left_out(out: Path, sides: Sequence[Listings]) -> Iterator[str]:
    """Write the rows of each side that were left out, in the shape of its own sheet; says where.

    A sheet of an earlier run that has nothing left to mend is removed.
    """
    for side, target in zip(sides, _left_out_files(out), strict=True):
        if not side.read.left_out:
            target.unlink(missing_ok=True)
            continue
        header = side.read.table.header.cells
        size = max(len(header), *(len(left.line.cells) for left in side.read.left_out))
        columns = [WrittenColumn(translate(REASON), _WIDTHS[0])]
        columns += [WrittenColumn(each, _WIDTHS[1]) for each in _padded(header, size)]
        rows = (
            (" ".join(each.sentence for each in left.reasons), *_padded(left.line.cells, size))
            for left in side.read.left_out
        )
        with replacing(target) as unfinished:
            write_xlsx(unfinished, columns, rows, sheet=translate(_("Left out")))
        yield say("Rows to be mended are in %(file)s.", file=target)


def _padded(cells: Sequence[str], size: int) -> tuple[str, ...]:
    """So many cells, for a row may have more of them than the header."""
    return (*cells, *[""] * (size - len(cells)))


def write_findings(out: Path, sides: Sequence[Listings]) -> Iterator[str]:
    """Write every finding with its place; says where. Without one there is no file."""
    target = _findings_file(out)
    found = [each for side in sides for each in _of(side)]
    if not found:
        target.unlink(missing_ok=True)
        return
    names = (_("Place"), _("What"))
    columns = [
        WrittenColumn(translate(name), width) for name, width in zip(names, _WIDTHS, strict=True)
    ]
    with replacing(target) as unfinished:
        write_csv(unfinished, columns, ((each.place, each.sentence) for each in found))
    yield say("All that was found is in %(file)s.", file=target)


def _left_out_files(out: Path) -> tuple[Path, ...]:
    return tuple(out.with_name(f"{out.stem}.left-out-{name}.xlsx") for name in ("needs", "offers"))


def _findings_file(out: Path) -> Path:
    return out.with_name(f"{out.stem}.findings.csv")


def _of(side: Listings) -> list[InvalidInput]:
    left = [reason for each in side.read.left_out for reason in each.reasons]
    return [*left, *side.remarks]
