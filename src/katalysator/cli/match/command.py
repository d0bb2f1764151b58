"""`katalysator match`: its options, and how refusals are told. What it does is in `run`."""

from typing import Any

import click

from katalysator.cli import options
from katalysator.cli.answering import answering
from katalysator.cli.progress import ProgressLine


@click.command()
@click.argument("needs", type=options.FILE)
@click.argument("offers", type=options.FILE)
@click.option(
    "--out",
    required=True,
    type=options.TARGET,
    help="File to write: .xlsx, .csv, .json, .html or .parquet.",
)
@click.option("--top", default=5, show_default=True, type=options.whole(1), help="Offers per need.")
@click.option(
    "--least",
    default=0.0,
    show_default=True,
    type=options.NUMBER,
    help="Only scores higher than this.",
)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Leave out what is over on this day.")
@click.option(
    "--reasons/--no-reasons",
    "reasoned",
    default=True,
    help="Say why in words, or not: that is quicker.",
)
@click.option("--weights", type=options.FILE, help="What `katalysator learn` made of outcomes.")
@options.reading
def match(language: str | None, quiet: bool, **asked: Any) -> None:
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

        sources = options.sources(asked)
        with ProgressLine(quiet=quiet) as progress:
            lines = run(MatchRequest(sources, **asked, reasons_in=language), progress)
        click.echo("\n".join(lines))
