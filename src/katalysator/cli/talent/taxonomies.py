"""`katalysator talent taxonomy` and `figures`: taxonomies, and figures of pay and demand, taken in from files."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from katalysator.cli import options
from katalysator.cli.answering import answering
from katalysator.core.language import say, translate
from katalysator.running.house import house

if TYPE_CHECKING:
    from katalysator.talent.models import TaxonomyVersion


@click.group()
def taxonomy() -> None:
    """Take in versions of a taxonomy, list them, and say which is used."""


@taxonomy.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--version", default="", help="Where the names of the files do not tell.")
@click.option("--use", is_flag=True, help="Use it from now on.")
@options.language
def import_(paths: tuple[Path, ...], version: str, use: bool, language: str | None) -> None:
    """Take in a taxonomy from PATHS: folders, zips or tables, such as the download of ESCO as CSV.

    It is taken in whole, or not at all, and stands beside those that there are.
    """
    with house(), answering(language):
        from katalysator.core.actors import OPERATOR
        from katalysator.talent.taxonomies import verbs
        from katalysator.talent.taxonomies.reading import read_taxonomy

        made = verbs.take_in(read_taxonomy(paths, version), by=OPERATOR)
        if use and not made.is_current:
            made = verbs.use_version(made, by=OPERATOR)
        click.echo("\n".join(_told(made)))


@taxonomy.command("list")
@options.language
def list_(language: str | None) -> None:
    """Show the versions that there are."""
    with house(), answering(language):
        from katalysator.talent.models import TaxonomyVersion

        for each in TaxonomyVersion.objects.told():
            click.echo(f"{each.pk}  {_line(each)}")


@taxonomy.command("use")
@click.argument("number", type=int)
@options.language
def use_(number: int, language: str | None) -> None:
    """Use the version with NUMBER, as `list` shows it, from now on; that of before stays."""
    with house(), answering(language):
        from katalysator.core.actors import OPERATOR
        from katalysator.faults import InvalidInput, gettext_noop as _
        from katalysator.talent.models import TaxonomyVersion
        from katalysator.talent.taxonomies import verbs

        row = TaxonomyVersion.objects.told().filter(pk=number).first()
        if row is None:
            raise InvalidInput("taxonomy-number", _("There is no version with this number."))
        click.echo(_line(verbs.use_version(row, by=OPERATOR)))


@click.group()
def figures() -> None:
    """Take in what work pays, and how much it is asked for."""


@figures.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--source", default="", help="Who says so; CBS or UWV where it is left out.")
@click.option("--period", default="", help="Where the files do not tell.")
@options.language
def import_figures(paths: tuple[Path, ...], source: str, period: str, language: str | None) -> None:
    """Take in tables from PATHS: pay and employees, tightness, and which ISCO-08 code stands in which group (BRC 2014)."""
    with house(), answering(language):
        from katalysator.core.actors import OPERATOR
        from katalysator.talent.work.figure_files import read_figures
        from katalysator.talent.work.verbs import take_in_figures

        found = read_figures(paths)
        made = take_in_figures(found, by=OPERATOR, source=source, period=period)
        for each in made:
            count = len(found.figures[each.kind])
            click.echo(say("%(name)s: %(count)s figures.", name=str(each), count=count))
        if found.isco:
            click.echo(say("Groups with their ISCO-08 codes: %(count)s.", count=len(found.isco)))


def _told(made: "TaxonomyVersion") -> Iterator[str]:
    yield _line(made)
    for name, some in made.report.get("unjoined", {}).items():
        yield say(
            "%(file)s: lines that joined nothing: %(count)s, such as %(examples)s.",
            file=name,
            count=some["count"],
            examples=", ".join(some["examples"]),
        )
    for name, counts in made.report.get("unlabelled", {}).items():
        yield say(
            "Without a label in “%(language)s”: %(occupations)s occupations, %(skills)s skills.",
            language=name,
            **counts,
        )
    if not made.is_current:
        yield translate("It is not used yet: see `katalysator talent taxonomy use`.")


def _line(version: "TaxonomyVersion") -> str:
    line = say(
        "%(name)s: %(occupations)s occupations, %(skills)s skills.",
        name=str(version),
        occupations=version.occupations,
        skills=version.skills,
    )
    used = translate("In use.")
    return f"{line} {used}" if version.is_current else line
