"""`katalysator learn`: its options, and how refusals are told. What it does is in `run`."""

from typing import Any

import click

from katalysator.cli import options
from katalysator.cli.answering import answering
from katalysator.cli.progress import ProgressLine


@click.command()
@click.argument("needs", type=options.FILE)
@click.argument("offers", type=options.FILE)
@click.argument("outcomes", type=options.FILE)
@click.option(
    "--out",
    required=True,
    type=options.TARGET,
    help="File to write the weights to, for `katalysator match --weights`: .json.",
)
@click.option("--weights", type=options.FILE, help="Earlier weights to start from.")
@options.reading
def learn(language: str | None, quiet: bool, **asked: Any) -> None:
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

        sources = options.sources(asked)
        with ProgressLine(quiet=quiet) as progress:
            lines = run(LearnRequest(sources, **asked), progress)
        click.echo("\n".join(lines))
