"""`katalysator match`: its options, and how refusals are told. What it does is in `run`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from katalysator.cli.answering import answering
from katalysator.cli.match import options
from katalysator.cli.match.columns import Mappings
from katalysator.cli.match.progress import STAGES
from katalysator.cli.progress import ProgressLine


@click.command()
@click.argument("needs", type=options.FILE)
@click.argument("offers", type=options.FILE)
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
@click.option("--weights", type=options.FILE, help="What `katalysator learn` made of outcomes.")
@options.reading
@click.option(
    "--reasons/--no-reasons", default=True, help="Say why in words, or not: that is quicker."
)
@options.speaking
def match(
    needs: Path,
    offers: Path,
    out: Path,
    top: int,
    least: float,
    on: datetime | None,
    weights: Path | None,
    column: Sequence[str],
    needs_column: Sequence[str],
    offers_column: Sequence[str],
    encoding: str | None,
    processes: int,
    reasons: bool,
    language: str | None,
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
    with answering(language):
        from katalysator.cli.match.run import MatchRequest, run
        from katalysator.cli.match.sources import Sources

        request = MatchRequest(
            sources=Sources(
                needs,
                offers,
                Mappings.parse(column, needs_column, offers_column),
                options.checked_encoding(encoding),
                on.date() if on else None,
            ),
            out=out,
            weights=weights,
            top=top,
            least=least,
            processes=processes,
            reasons_in=language,
            reasoned=reasons,
        )
        with ProgressLine(STAGES, quiet=quiet) as progress:
            lines = run(request, progress)
        click.echo("\n".join(lines))
