"""`katalysator allocate`: its options, and how refusals are told. What it does is in `run`."""

import json
from typing import Any

import click

from katalysator.cli import options
from katalysator.cli.answering import answering
from katalysator.cli.progress import ProgressLine


@click.command()
@click.argument("edges", type=options.FILE)
@click.option("--openings", type=options.FILE, help="Table with the columns opening and capacity.")
@click.option("--out", required=True, type=options.TARGET, help="File to write the placements to.")
@click.option(
    "--gap",
    default=1e-4,
    show_default=True,
    type=options.NUMBER,
    help="How far below the best possible the result may be, as a part of 1.",
)
@click.option(
    "--prices", type=options.FILE, help="An earlier result, or its prices, to start from."
)
@click.option(
    "--prices-out", type=options.TARGET, help="File to write the price of every opening to."
)
@click.option(
    "--method",
    default="optimal",
    show_default=True,
    type=click.Choice(["optimal", "stable"]),
    help="The highest total score, or no pair that would both rather have each other.",
)
@click.option("--compare", is_flag=True, help="Also tell what the other choices would give.")
@click.option(
    "--groups", type=options.FILE, help="Table with the column person, and columns of labels."
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@options.language
@options.quiet
def allocate(as_json: bool, language: str | None, quiet: bool, **asked: Any) -> None:
    """Give people seats, and show how good the result is.

    Normally the total score is as high as can be, with a proof of how high that is.

    EDGES is a table with a row for each pair that may be formed:

    \b
    person, opening, score
    or person, opening, score_person, score_opening: the score is sqrt(score_person * score_opening)

    Scores are at least 0. Without --openings every opening has one seat. All files are .parquet,
    .csv, .arrow or .feather. The result has a row for each person with a seat: person, opening,
    score, price. Large runs that were broken off go on where they were when they are started again.

    --method stable needs score_person and score_opening, in which 0 means unacceptable. Its result
    has no column price, for there are no prices; --gap then only counts for --compare. --compare
    writes only the result of the chosen method. With --groups the share without a seat is told for
    each label, and how it fares beside the others, with intervals; labels of fewer than 10 people
    are put together, and only counted.
    """
    with answering(language):
        from katalysator.cli.allocate.run import AllocateRequest, run

        with ProgressLine(quiet=quiet) as progress:
            report = run(AllocateRequest(**asked), progress)
        said = [json.dumps(report.as_json(), indent=1)] if as_json else report.sentences()
        click.echo("\n".join(said))
