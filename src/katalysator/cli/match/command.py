"""`katalysator match`: its options, and how refusals are told. What it does is in `run`."""

from collections.abc import Sequence
from datetime import datetime
from os import cpu_count
from pathlib import Path
from typing import Final

import click

from katalysator.cli.match.columns import Mappings
from katalysator.cli.match.progress import STAGES
from katalysator.cli.progress import ProgressLine
from katalysator.cli.refusals import Refused, refuse
from katalysator.cli.sentences import language_of
from katalysator.core.errors import InvalidInput
from katalysator.core.language import LANGUAGES, Language, gettext_noop

_MOST_PROCESSES: Final = 4

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("needs", type=_FILE)
@click.argument("offers", type=_FILE)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write: .xlsx, .csv, .json, .html or .parquet.",
)
@click.option(
    "--top", default=5, show_default=True, type=click.IntRange(1), help="Offers per need."
)
@click.option(
    "--least", default=0.0, show_default=True, type=float, help="Only scores higher than this."
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Leave out what is over on this day.")
@click.option("--column", multiple=True, metavar="NAME=HEADER", help="In both files. Repeatable.")
@click.option("--needs-column", multiple=True, metavar="NAME=HEADER", help="In NEEDS only.")
@click.option("--offers-column", multiple=True, metavar="NAME=HEADER", help="In OFFERS only.")
@click.option("--encoding", help="Of those CSV files that are not in UTF-8 or marked UTF-16.")
@click.option(
    "--processes",
    default=min(cpu_count() or 1, _MOST_PROCESSES),
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that read texts; 200 MB each.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of messages and all reasons.")
@click.option(
    "--reasons/--no-reasons", default=True, help="Say why in words, or not: that is quicker."
)
@click.option("--quiet", is_flag=True, help="Do not show progress.")
def match(
    needs: Path,
    offers: Path,
    out: Path,
    top: int,
    least: float,
    on: datetime | None,
    column: Sequence[str],
    needs_column: Sequence[str],
    offers_column: Sequence[str],
    encoding: str | None,
    processes: int,
    language: Language | None,
    reasons: bool,
    quiet: bool,
) -> None:
    """Match the rows of NEEDS with those of OFFERS, and say why they fit.

    NEEDS and OFFERS are tables (.csv, .xlsx, .parquet or .arrow) whose first row names the columns:

    \b
    id, market, title, text, organisation, areas, region, language, skills,
    level, period_start, period_end, capacity, ticket_min, ticket_max
    and in NEEDS also: region_required, areas_required, min_capacity

    A title or a text is enough. Lists are separated by semicolons. Everything runs on this machine;
    no database is needed.
    """
    spoken = language or language_of()
    try:
        from katalysator.cli.match.run import Request, run

        request = Request(
            needs=needs,
            offers=offers,
            out=out,
            mapped=Mappings.parse(column, needs_column, offers_column),
            encoding=_checked_encoding(encoding),
            on=on.date() if on else None,
            top=top,
            least=least,
            processes=processes,
            reasons_in=language,
            reasoned=reasons,
        )
        with ProgressLine(STAGES, spoken, quiet=quiet) as progress:
            lines = run(request, spoken, progress)
    except (Refused, InvalidInput) as error:
        refuse(error, spoken)
    for line in lines:
        click.echo(line)


def _checked_encoding(name: str | None) -> str | None:
    """The name, unless it is none of an encoding of text."""
    try:
        b"a".decode(name or "utf-8")
    except (LookupError, UnicodeError):
        raise InvalidInput(
            "encoding-unknown",
            gettext_noop("“%(name)s” is not an encoding of text."),
            hint=gettext_noop("Most spreadsheets save in one of these: utf-8, cp1252, utf-16-le."),
            name=name,
        ).at("--encoding") from None
    return name
