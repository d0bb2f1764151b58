"""`katalysator export`: everything a coalition has, as tables to take along."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from katalysator.cli import options
from katalysator.cli.progress import ProgressLine
from katalysator.cli.target import replacing
from katalysator.core.language import say
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.running.house import house

_ARCHIVE: Final = ".zip"


@click.command("export")
@click.argument("target", type=options.TARGET)
@click.option("--with-people", is_flag=True, help="Addresses of people too, and who did what.")
def export(target: Path, with_people: bool) -> None:
    """Write everything to TARGET, a folder or a .zip: each table as CSV and as JSON lines.

    Personal data come along only with --with-people; what the tables hold stands in datapackage.json.
    """
    is_archive = target.suffix.lower() == _ARCHIVE
    _require_free(target, is_archive=is_archive)
    with house(), ProgressLine(quiet=False) as progress:
        from katalysator.coalition.founding.verbs import take_along
        from katalysator.core.actors import OPERATOR
        from katalysator.core.archives import zipped

        def told(name: str, rows: int) -> None:
            progress.tell(_("%(name)s: %(rows)s rows"), name=name, rows=rows)

        with TemporaryDirectory(dir=target.parent, prefix=f".{target.stem}.") as made:
            folder = Path(made)
            folder.chmod(0o700)
            rows = take_along(folder, by=OPERATOR, with_people=with_people, told=told)
            if is_archive:
                with replacing(target) as unfinished:
                    zipped(folder, unfinished)
            else:
                target.mkdir(mode=0o700, exist_ok=True)
                for each in folder.iterdir():
                    each.replace(target / each.name)
    click.echo(say("%(rows)s rows are in %(target)s.", rows=rows, target=target))


def _require_free(target: Path, *, is_archive: bool) -> None:
    """Refuse a place where something is already, or where nothing can be. Raises InvalidInput."""
    taken = target.exists() and (is_archive or not target.is_dir() or any(target.iterdir()))
    if taken:
        raise InvalidInput(
            "export-exists",
            _("%(target)s is there already."),
            hint=_("Choose another name, or an empty folder."),
            target=target,
        )
    if not target.parent.is_dir():
        raise InvalidInput(
            "out-folder",
            _("Nothing can be written there."),
            hint=_("Name a file in a folder that exists and that you may write in."),
        ).at(target)
