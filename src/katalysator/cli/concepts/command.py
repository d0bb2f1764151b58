"""`katalysator concepts`: what each of its commands takes; what it does is loaded when it is asked for."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from katalysator.cli import options, target
from katalysator.cli.answering import answering
from katalysator.core.language import TEXT_LANGUAGES, say, translate
from katalysator.faults import InvalidInput, Refused
from katalysator.running.house import house

_OUT = click.option("--out", required=True, type=options.TARGET, help="File to write: .jsonl.")


@click.group()
def concepts() -> None:
    """Make, add, remove and write down concepts: what texts are read for beside our own thesaurus."""


@concepts.command()
@click.argument("files", nargs=-1, required=True, type=options.FILE)
@_OUT
@click.option(
    "--labels-in",
    type=click.Choice(tuple(TEXT_LANGUAGES)),
    help="The language of files whose names do not tell.",
)
@options.language
def esco(files: tuple[Path, ...], out: Path, labels_in: str | None, language: str | None) -> None:
    """Make concepts of the skills of ESCO, the European classification, in FILES.

    FILES are official tables such as skills_en.csv and skills_nl.csv, which may be packed (.gz). What is
    written is for `katalysator match --concepts`, or for `katalysator concepts add`.
    """
    with answering(language):
        from katalysator.cli.concepts.esco import run

        click.echo("\n".join(run(files, out, labels_in)))


@concepts.command()
@click.argument("file", type=options.FILE)
@options.language
def add(file: Path, language: str | None) -> None:
    """Add the concepts of FILE to those of the coalition: all of them, or none."""
    with _coalition(language):
        from katalysator.core.actors import OPERATOR
        from katalysator.readings import verbs
        from katalysator.readings.concept_file import concepts_in

        lines = concepts_in(file)
        with _by_line(file, lines):
            verbs.add_concepts(
                {each["id"]: verbs.ConceptContent(**_said(each)) for each in lines.values()},
                by=OPERATOR,
            )
        click.echo(say("Concepts added: %(count)s.", count=len(lines)))
        if lines:
            click.echo(translate("All texts are read again for them in the background."))


@concepts.command()
@click.argument("file", type=options.FILE)
@options.language
def remove(file: Path, language: str | None) -> None:
    """Remove from the coalition those concepts that stand in FILE, by their ids: all of them, or none."""
    with _coalition(language):
        from katalysator.core.actors import OPERATOR
        from katalysator.readings import verbs
        from katalysator.readings.concept_file import concepts_in

        lines = concepts_in(file)
        with _by_line(file, lines):
            removed = verbs.remove_concepts({each["id"] for each in lines.values()}, by=OPERATOR)
        click.echo(say("Concepts removed: %(count)s.", count=removed))
        if rest := len(lines) - removed:
            click.echo(say("The coalition did not have: %(rest)s.", rest=rest))


@concepts.command()
@_OUT
@options.language
def export(out: Path, language: str | None) -> None:
    """Write the coalition's own concepts to a file, for `katalysator match --concepts` or another coalition."""
    with _coalition(language):
        from katalysator.cli.concepts.esco import KINDS
        from katalysator.readings.concept_file import as_lines
        from katalysator.readings.thesaurus import own_concepts

        target.check(out, KINDS, ())
        own = own_concepts()
        target.write_text(out, as_lines(own))
        click.echo(say("Concepts: %(count)s.", count=len(own)))
        click.echo(say("Written to %(out)s.", out=out))


@contextmanager
def _coalition(language: str | None) -> Iterator[None]:
    with house(), answering(language):
        yield


@contextmanager
def _by_line(file: Path, lines: Mapping[int, Mapping[str, Any]]) -> Iterator[None]:
    """Place what is refused by the ids of concepts at their lines in the file."""
    line = {each["id"]: number for number, each in lines.items()}
    try:
        yield
    except Refused as refused:
        raise Refused(*(_at_line(each, line).at(file) for each in refused.problems)) from None


def _at_line(fault: InvalidInput, line: Mapping[object, int]) -> InvalidInput:
    key, *rest = fault.where
    fault.where = (line[key], *rest)
    return fault


def _said(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "id"}
