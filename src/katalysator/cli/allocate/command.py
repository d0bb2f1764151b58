"""`katalysator allocate`: its options, and how refusals are told. What it does is in `run`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from katalysator.cli.answering import answering
from katalysator.cli.progress import ProgressLine
from katalysator.core.language import languages

if TYPE_CHECKING:  # for it imports polars
    from katalysator.cli.allocate.request import Method

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_TARGET: Final = click.Path(path_type=Path)


@click.command()
@click.argument("edges", type=_FILE)
@click.option("--openings", type=_FILE, help="Table with the columns opening and capacity.")
@click.option("--out", required=True, type=_TARGET, help="File to write the placements to.")
@click.option(
    "--gap",
    default=1e-4,
    show_default=True,
    type=float,
    help="How far below the best possible the result may be, as a part of 1.",
)
@click.option("--prices", type=_FILE, help="An earlier result, or its prices, to start from.")
@click.option("--prices-out", type=_TARGET, help="File to write the price of every opening to.")
@click.option(
    "--method",
    default="optimal",
    show_default=True,
    type=click.Choice(["optimal", "stable"]),
    help="The highest total score, or no pair that would both rather have each other.",
)
@click.option("--compare", is_flag=True, help="Also tell what the other choices would give.")
@click.option("--groups", type=_FILE, help="Table with the column person, and columns of labels.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--language", type=click.Choice(languages()), help="Of what is said.")
@click.option("--quiet", is_flag=True, help="Do not show progress.")
def allocate(
    edges: Path,
    openings: Path | None,
    out: Path,
    gap: float,
    prices: Path | None,
    prices_out: Path | None,
    method: "Method",
    compare: bool,
    groups: Path | None,
    as_json: bool,
    language: str | None,
    quiet: bool,
) -> None:
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
        from katalysator.cli.allocate.request import AllocateRequest
        from katalysator.cli.allocate.run import run
        from katalysator.cli.allocate.stages import STAGES

        request = AllocateRequest(
            edges, openings, out, gap, prices, prices_out, method, compare, groups
        )
        with ProgressLine(STAGES, quiet=quiet) as progress:
            report = run(request, progress)
        said = [json.dumps(report.as_json(), indent=1)] if as_json else report.sentences()
        click.echo("\n".join(said))
