"""`katalysator match`, `learn` and `allocate`: from tables to tables, without a database.

Here are their options; what each does is in its `run`, which is loaded when it is asked for.
"""

import json
import sys
from collections.abc import Callable
from functools import reduce
from os import cpu_count
from typing import TYPE_CHECKING, Any, Final

import click

from katalysator.cli import options
from katalysator.cli.answering import answering, naming
from katalysator.cli.progress import ProgressLine

if TYPE_CHECKING:  # for it imports the engine
    from katalysator.matches.sheet_sources import Sources

_Command = Callable[..., Any]

_MOST_PROCESSES: Final = 4
_quiet: Final = click.option("--quiet", is_flag=True, help="Do not show progress.")

_READING: Final = (
    click.option(
        "--column", multiple=True, metavar="NAME=HEADER", help="In both files. Repeatable."
    ),
    click.option("--needs-column", multiple=True, metavar="NAME=HEADER", help="In NEEDS only."),
    click.option("--offers-column", multiple=True, metavar="NAME=HEADER", help="In OFFERS only."),
    click.option("--needs-sheet", default="", metavar="SHEET", help="Of a workbook, in NEEDS."),
    click.option("--offers-sheet", default="", metavar="SHEET", help="Of a workbook, in OFFERS."),
    click.option(
        "--mapping",
        default="",
        metavar="NAME",
        help="Keep what the columns hold under this name, and take it from there next time.",
    ),
    click.option("--yes", is_flag=True, help="Ask nothing: the best guess stands, and is told."),
    click.option("--encoding", help="Of CSV files, where it is not found out rightly."),
    click.option(
        "--processes",
        default=min(cpu_count() or 1, _MOST_PROCESSES),
        show_default=True,
        type=options.whole(1, 64),
        help="Processes that read texts; 300 MB each.",
    ),
    click.option(
        "--careful",
        type=options.MODEL,
        default="auto",
        show_default=True,
        help="Read with the slower, surer encoder too: yes, no, or auto (up to 400 rows); or with "
        "another: a folder, or https://host/v1#model.",
    ),
)


def _reading(command: _Command) -> _Command:
    """How two tables are read (columns, encoding, processes), and how that is told."""
    return reduce(
        lambda made, option: option(made),
        (_quiet, options.language, *_READING[::-1]),
        command,
    )


def _sources(asked: dict[str, Any]) -> "Sources":
    """Take the two tables, and how to read them, from all that is asked."""
    from katalysator.cli.match import mappings, told
    from katalysator.listings.sheets import FIELDS
    from katalysator.matches import sheet_sources as sources
    from katalysator.tables.columns_said import ColumnsSaid, columns_in
    from katalysator.tables.encodings import require_known

    if asked["encoding"]:
        with naming("--encoding"):
            require_known(asked["encoding"])
    kept = mappings.load(asked["mapping"]) if asked["mapping"] else {}
    shared, *own = (
        columns_in(asked.pop(f"{file}column"), FIELDS) for file in ("", "needs_", "offers_")
    )
    on = asked.pop("on", None)
    is_asked = sys.stdin.isatty() and sys.stderr.isatty() and not asked.pop("yes")
    asked.pop("yes", None)
    needs, offers = (
        sources.SheetSource(
            asked.pop(file),
            kind,
            ColumnsSaid(kept.get(kind, {}), shared, said),
            asked.pop(f"{file}_sheet"),
        )
        for file, kind, said in zip(("needs", "offers"), sources.KINDS, own, strict=True)
    )
    return sources.Sources(
        needs,
        offers,
        asked.pop("encoding"),
        on.date() if on else None,
        told.ask if is_asked else sources.nobody,
    )


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
@click.option("--keep", is_flag=True, help="Put the columns of both sheets beside each match.")
@click.option("--weights", type=options.FILE, help="What `katalysator learn` made of outcomes.")
@click.option(
    "--concepts", type=options.FILE, help="Concepts of your own, a JSON object a line: .jsonl."
)
@click.option(
    "--judge",
    type=options.MODEL,
    default="none",
    show_default=True,
    help="Who reads the 30 best of each need again: a folder with a cross-encoder, or a language "
    "model at https://host/v1#model. Texts are sent there.",
)
@_reading
def match(language: str | None, quiet: bool, **asked: Any) -> None:
    """Match the rows of NEEDS with those of OFFERS, and say why they fit.

    NEEDS and OFFERS are sheets as people keep them: .xlsx, .csv, .parquet or .arrow. What their
    columns hold is found out, by their names and by their cells, and told; --column says it instead:

    \b
    id, market, kind, title, text, organisation, areas, region, language, skills, level,
    period, period_start, period_end, capacity, amount, ticket_min, ticket_max, email
    and in NEEDS also: region_required, areas_required, min_capacity; or - for: not used

    A title or a text is enough. Rows that cannot be used are written beside the result, with the
    reason. Everything runs on this machine, unless --careful or --judge name an address; no database
    is needed.
    """
    with answering(language):
        from katalysator.cli.match.run import MatchRequest, run

        sources = _sources(asked)
        with ProgressLine(quiet=quiet) as progress:
            lines = run(MatchRequest(sources, **asked, reasons_in=language), progress)
        click.echo("\n".join(lines))


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
@_reading
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

        sources = _sources(asked)
        with ProgressLine(quiet=quiet) as progress:
            lines = run(LearnRequest(sources, **asked), progress)
        click.echo("\n".join(lines))


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
@_quiet
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
