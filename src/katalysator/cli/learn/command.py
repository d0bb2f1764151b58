"""`katalysator learn`: its options, and how refusals are told. What it does is in `run`."""

from collections.abc import Sequence
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
@click.argument("outcomes", type=options.FILE)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="File to write the weights to, for `katalysator match --weights`: .json.",
)
@click.option("--weights", type=options.FILE, help="Earlier weights to start from.")
@options.reading
@options.speaking
def learn(
    needs: Path,
    offers: Path,
    outcomes: Path,
    out: Path,
    weights: Path | None,
    column: Sequence[str],
    needs_column: Sequence[str],
    offers_column: Sequence[str],
    encoding: str | None,
    processes: int,
    language: str | None,
    quiet: bool,
) -> None:
    """Learn from OUTCOMES how much each part of a score should weigh.

    NEEDS and OFFERS are the tables of `katalysator match`. OUTCOMES has a row for each pair that was
    introduced:

    \b
    need, offer, accepted
    the ids of the two, and yes or no; empty where it is not known yet

    The fewer the outcomes, the nearer the weights stay to those that there are. It is told whether
    the new weights tell yes and no apart better, in outcomes that were held back while learning.
    """
    with answering(language):
        from katalysator.cli.learn.run import LearnRequest, run
        from katalysator.cli.match.sources import Sources

        mapped = Mappings.parse(column, needs_column, offers_column)
        sources = Sources(needs, offers, mapped, options.checked_encoding(encoding))
        request = LearnRequest(sources, outcomes, out, weights, processes)
        with ProgressLine(STAGES, quiet=quiet) as progress:
            lines = run(request, progress)
        click.echo("\n".join(lines))
