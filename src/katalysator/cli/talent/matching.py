"""`katalysator talent match`: what it takes; what it does is loaded when it is asked for."""

import json
from typing import Any, Final

import click

from katalysator.cli import options
from katalysator.cli.answering import answering
from katalysator.cli.progress import ProgressLine

REACHES: Final = ("region", "province", "country")


@click.command()
@click.argument("people", type=options.FILE)
@click.argument("openings", type=options.FILE)
@click.option("--out", required=True, type=options.TARGET, help="Folder to write the result to.")
@click.option(
    "--taxonomy",
    type=options.PLACE,
    help="What the codes are of: a packed taxonomy, or a folder or zip with its tables. Without it: the starter set.",
)
@click.option(
    "--taxonomy-version",
    default="",
    metavar="VERSION",
    help="Of these tables, where their names do not tell.",
)
@click.option(
    "--reach",
    default="province",
    show_default=True,
    type=click.Choice(REACHES),
    help="How far people go: within their region (NUTS 3), their province, or the country.",
)
@click.option(
    "--least",
    default=0.35,
    show_default=True,
    type=options.NUMBER,
    help="Coverage, as a part of 1, below which nobody is given a seat.",
)
@click.option(
    "--candidates",
    default=32,
    show_default=True,
    type=options.whole(1, 500),
    help="Kinds of openings that each person is first set beside.",
)
@click.option(
    "--gap",
    default=0.001,
    show_default=True,
    type=options.NUMBER,
    help="How far below the best possible the total may be, as a part of 1.",
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="COLUMN",
    help="Column of PEOPLE that the summary goes by. Repeatable.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=options.whole(0),
    help="Of the lot that decides among people who are alike.",
)
@click.option(
    "--resume/--anew",
    default=True,
    help="Go on where a run of the same files was broken off, or begin again.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@options.language
@click.option("--quiet", is_flag=True, help="Do not show progress.")
def match(as_json: bool, language: str | None, quiet: bool, **asked: Any) -> None:
    """Give people seats in openings by what they can do, and say why, for millions at once.

    PEOPLE and OPENINGS are .parquet, .csv, .arrow or .feather, with the columns:

    \b
    PEOPLE    id, occupation and/or skills; where known region, level, hours, version
    OPENINGS  id, occupation and/or skills, region; where known seats, level, hours, version

    occupation and skills hold codes of the taxonomy, several as a list or with | between them. Regions
    are codes of NUTS; level is 1 to 8 (NLQF, EQF); hours are of a week. A person goes to openings in
    reach, of the own level or lower, of no more than the own hours. Other columns are not read.

    The folder gets placements.parquet (a row for each person: what is there, what lacks, how much
    it comes to, and why there is no seat), openings.parquet, skills.csv, summary.csv and report.json. In
    the summary nothing is told of fewer than 10 people, nor what that would follow from.

    Nobody is rejected by this: it is a proposal, in which a person decides.
    """
    with answering(language):
        from katalysator.cli.talent.run import NationalRequest, run

        with ProgressLine(quiet=quiet) as progress:
            report = run(NationalRequest(**asked), progress)
        said = [json.dumps(report.as_json(), indent=1)] if as_json else report.sentences()
        click.echo("\n".join(said))
