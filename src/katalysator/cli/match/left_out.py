"""What the reading of the sheets left: rows to be mended and given again, and all that there is to say."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from katalysator.cli.match import mappings, told
from katalysator.cli.target import check_no_input, replacing
from katalysator.core.language import say, translate
from katalysator.faults import gettext_noop as _
from katalysator.matches.sheet_profiles import Listings
from katalysator.tables.writing import WrittenColumn, write_csv, write_left_out

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
    yield from _write_left_out(out, sides)
    yield from _write_findings(out, sides)
    columns = (side.read.recognised for side in sides)
    yield from mappings.keep(mapping, dict(zip(("need", "offer"), columns, strict=True)))


def _write_left_out(out: Path, sides: Sequence[Listings]) -> Iterator[str]:
    """Write the rows of each side that were left out, in the shape of its own sheet; says where.

    A sheet of an earlier run that has nothing left to mend is removed.
    """
    for side, target in zip(sides, _left_out_files(out), strict=True):
        if not side.read.left_out:
            target.unlink(missing_ok=True)
            continue
        reason, sheet = translate(_("Reason")), translate(_("Left out"))
        with replacing(target) as unfinished:
            write_left_out(
                unfinished, side.read.table, side.read.left_out, reason=reason, sheet=sheet
            )
        yield say("Rows to be mended are in %(file)s.", file=target)


def _write_findings(out: Path, sides: Sequence[Listings]) -> Iterator[str]:
    """Write every finding with its place; says where. Without one there is no file."""
    target = _findings_file(out)
    found = [each for side in sides for each in (*side.read.reasons, *side.remarks)]
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
