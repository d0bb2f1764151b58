"""`katalysator import`: sheets of participants, people, activities, knowledge and listings become records, as on the pages."""

from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from katalysator.cli import options
from katalysator.cli.answering import lines_of, naming
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import say, translate
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.running.house import house

if TYPE_CHECKING:
    from katalysator.importing.kinds import SheetImport
    from katalysator.importing.plan import SheetPlan
    from katalysator.importing.reading import ReadSheet

_MOST_SHOWN: Final = 10
_OF_PARTICIPANTS: Final = ("listings", "activities", "knowledge")
"""The kinds that participants give themselves too."""
_Command = Callable[..., Any]
_OPTIONS: Final = (
    click.option("--yes", is_flag=True, help="Go on without being asked."),
    click.option("--dry-run", is_flag=True, help="Only say what would happen."),
    click.option("--column", multiple=True, metavar="NAME=HEADER", help="Repeatable."),
    click.option(
        "--mapping",
        default="",
        metavar="NAME",
        help="Keep what the columns hold under this name, and take it from there next time.",
    ),
)


def _asked(command: _Command) -> _Command:
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)


@click.group("import")
def import_() -> None:
    """Take a sheet in: new rows are made, others changed, and all of it or nothing."""


@import_.command()
@click.argument("file", type=options.FILE)
@click.option("--kind", default="company", show_default=True, help="Where the sheet says none.")
@click.option("--directory-only", is_flag=True, help="Known to the coalition, but not taking part.")
@_asked
def participants(file: Path, kind: str, directory_only: bool, **how: Any) -> None:
    """Take participants in from FILE: organisations, with their numbers, areas and what they do."""
    _take_in("participants", file, {"kind": kind, "takes_part": not directory_only}, **how)


@import_.command()
@click.argument("file", type=options.FILE)
@_asked
def people(file: Path, **how: Any) -> None:
    """Invite people from FILE: an e-mail address, an organisation, and a role."""
    _take_in("people", file, {}, **how)


@import_.command()
@click.argument("file", type=options.FILE)
@click.option("--organisation", "slug", required=True, help="Whose they are.")
@click.option("--kind", required=True, type=click.Choice(["need", "offer"]))
@click.option("--market", required=True)
@_asked
def listings(file: Path, slug: str, kind: str, market: str, **how: Any) -> None:
    """Take needs or offers of one participant in from FILE, as drafts."""
    with house():
        from katalysator.listings.market import markets

        known = [each.slug for each in markets()]
        if market not in known:
            raise InvalidInput(
                "market-unknown",
                _("There is no market “%(market)s”."),
                hint=_("Choose from: %(known)s."),
                market=market,
                known=tuple(known),
            )
        told = {"organisation": _owner(slug), "kind": kind, "market": market}
    _take_in("listings", file, told, **how)


@import_.command()
@click.argument("file", type=options.FILE)
@click.option(
    "--organisation", "slug", default="", help="Who holds them all; else as the sheet says."
)
@click.option("--kind", default="workshop", show_default=True, help="Where the sheet says none.")
@_asked
def activities(file: Path, slug: str, kind: str, **how: Any) -> None:
    """Take activities in from FILE, as drafts: what is held, when, where, and for how many."""
    _take_in_of("activities", file, slug, kind, **how)


@import_.command()
@click.argument("file", type=options.FILE)
@click.option("--organisation", "slug", default="", help="Whose they are; else as the sheet says.")
@click.option("--kind", default="publication", show_default=True, help="Where the sheet says none.")
@_asked
def knowledge(file: Path, slug: str, kind: str, **how: Any) -> None:
    """Take knowledge in from FILE, as drafts: publications, lessons, tools and what else is shared."""
    _take_in_of("knowledge", file, slug, kind, **how)


def _take_in_of(name: str, file: Path, slug: str, kind: str, **how: Any) -> None:
    """Take in what one participant holds, or several do."""
    with house():
        told = {"organisation": _owner(slug) if slug else None, "kind": kind}
    _take_in(name, file, told, **how)


def _owner(slug: str) -> int:
    """The number of an organisation. Raises InvalidInput where it is not there."""
    from katalysator.coalition.models import Organisation

    owner = Organisation.objects.filter(slug=slug).first()
    if owner is None:
        raise InvalidInput(
            "organisation-unknown",
            _("There is no organisation “%(slug)s”."),
            hint=_("Register it first."),
            slug=slug,
        )
    return owner.pk


def _take_in(
    name: str, file: Path, told: dict[str, Any], *, yes: bool, dry_run: bool, column: tuple[str, ...], mapping: str
) -> None:  # fmt: skip
    with house():
        from katalysator.cli.match import told as telling
        from katalysator.core import purpose
        from katalysator.core.actors import OPERATOR, SHEETS
        from katalysator.importing.kinds import named
        from katalysator.importing.taking import taken_in

        kind = named(name)
        target = kind.target(told)
        by = SHEETS if name in _OF_PARTICIPANTS else OPERATOR
        kind.require(target, by)
        read = _read(file, kind, target, column, mapping, ask=not yes and not dry_run)
        rows = kind.rows(read.records(), target)
        _say(telling.taken(rows.read))
        with ProgressLine(quiet=False) as progress:
            planning = kind.planning(rows, target, locked=False)
            plan = planning.planned(rows, lambda done, of: progress("rows", done, of))
        _say(_report(plan, kind, target))
        _say(_remarks(rows.remarks))
        _say(_left_out(file, rows.read.table, plan))
        to_do = plan.counts["new"] + plan.counts["changed"]  # type: ignore[index]
        if dry_run or not to_do:
            return
        if not yes:
            click.confirm(translate(_("Import this?")), abort=True)
        purpose.settle(is_example=False)
        with ProgressLine(quiet=False) as progress:
            done = taken_in(
                rows, kind, target, by=by, seen=plan.fingerprint,
                progress=lambda done, of: progress("save", done, of),
            )  # fmt: skip
        counts = {str(effect): done.counts[effect] for effect in done.counts}
        click.echo(
            say("Imported: %(rows)s rows.", rows=counts.get("new", 0) + counts.get("changed", 0))
        )


def _read(
    file: Path,
    kind: "SheetImport",
    target: Any,
    column: tuple[str, ...],
    mapping: str,
    *,
    ask: bool,
) -> "ReadSheet":
    """The sheet, with its columns as they were said, kept or recognised. Raises InvalidInput."""
    from katalysator.cli.match import mappings, told
    from katalysator.importing.reading import GivenFile, read_table, understood
    from katalysator.tables.columns_said import ColumnsSaid, columns_in

    of = kind.sheet_of(target)
    with naming(file.name):
        table = read_table(GivenFile(file.read_bytes(), file.name, is_large=True), of)
    kept = mappings.load(mapping, (kind.name,))[kind.name] if mapping else {}
    said = ColumnsSaid(kept=kept, own=columns_in(column, of.fields)).of(table)
    read = understood(table, kind, target, said)
    if ask and (answers := told.ask(table, read.recognised)):
        read = understood(table, kind, target, {**said, **answers})
    if read.problem:
        raise read.problem.at(file.name)
    _say(mappings.keep(mapping, {kind.name: read.recognised}))
    return read


def _report(plan: "SheetPlan", kind: "SheetImport", target: Any) -> Iterator[str]:
    """How many rows become what, and of the first what."""
    from katalysator.importing.plan import Effect
    from katalysator.importing.preview import detail

    new, changed, same = (plan.counts[effect] for effect in Effect)
    yield say(
        "%(new)s new, %(changed)s changed, %(same)s the same.", new=new, changed=changed, same=same
    )
    busy = plan.of(Effect.CHANGED)
    for each in busy[:_MOST_SHOWN]:
        yield f"  {kind.title_of(each)}: {detail(each, kind, target)}"
    if len(busy) > _MOST_SHOWN:
        yield say("… and %(more)s more.", more=len(busy) - _MOST_SHOWN)


def _remarks(remarks: tuple[InvalidInput, ...]) -> Iterator[str]:
    if remarks:
        yield translate(_("Left open:"))
        yield from (f"  {line}" for line in lines_of(remarks))


def _left_out(file: Path, table: Any, plan: "SheetPlan") -> Iterator[str]:
    """Why rows cannot be used, and the sheet in which they can be mended."""
    from katalysator.cli.target import replacing
    from katalysator.importing.downloads import write_rest

    if not plan.left_out:
        return
    yield translate(_("Left out, to be mended:"))
    yield from (
        f"  {line}" for line in lines_of([r for each in plan.left_out for r in each.reasons])
    )
    rest = file.with_name(f"{file.stem}.left-out.xlsx")
    with replacing(rest) as unfinished:
        write_rest(unfinished, table, plan.left_out)
    yield say("Rows to be mended are in %(file)s.", file=rest)


def _say(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)
