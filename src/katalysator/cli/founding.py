"""`katalysator init`: what the coalition is, asked one by one or read from a file."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from katalysator.cli import options
from katalysator.cli.answering import naming
from katalysator.core.language import say, translate
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.running.house import house

if TYPE_CHECKING:
    from katalysator.coalition.founding.facts import KnownCoalition
    from katalysator.coalition.founding.questions import FoundingQuestion


@click.command()
@click.option("--from", "source", type=options.FILE, help="Read the answers from this file (TOML).")
@click.option("--yes", is_flag=True, help="Go on without being asked.")
def init(source: Path | None, yes: bool) -> None:
    """Say what your coalition is: its name, languages, areas, hubs, targets and look.

    Run it again to change something: it shows what would be otherwise before it does it.
    """
    with house():
        from katalysator.coalition.founding.facts import KnownCoalition, as_known
        from katalysator.coalition.founding.questions import answers_of, read
        from katalysator.coalition.founding.verbs import settle
        from katalysator.core import purpose
        from katalysator.core.actors import OPERATOR

        purpose.claim(is_example=False)
        known = KnownCoalition.now()
        before = answers_of(known)
        if source:
            answers = {**before, **_in_file(source)}
        else:
            answers = before if yes else _asked(known, before)
        facts = read(answers, known)
        changes = list(_changes(before, answers_of(as_known(facts))))
        if known.row.confirmed_at and not changes:
            click.echo(translate(_("Nothing would be otherwise.")))
            return
        for line in changes:
            click.echo(line)
        if not yes:
            click.confirm(translate(_("Save this?")), default=True, abort=True)
        made = settle(facts, by=OPERATOR)
    click.echo(say("%(name)s is there. Start it: katalysator serve", name=str(made)))


def _in_file(source: Path) -> dict[str, str]:
    from katalysator.coalition.founding.answers_file import answers_in

    with naming(source):
        try:
            return answers_in(source.read_text("utf-8"))
        except UnicodeDecodeError:
            raise InvalidInput(
                "answers-letters", _("This is no text in UTF-8."), hint=_("Save it as UTF-8.")
            ) from None


def _asked(known: "KnownCoalition", before: Mapping[str, str]) -> dict[str, str]:
    from katalysator.coalition.founding.questions import QUESTIONS

    return {each.name: _answer(each, before[each.name], known) for each in QUESTIONS}


def _answer(question: "FoundingQuestion", before: str, known: "KnownCoalition") -> str:
    """Ask until the answer can be used; nothing typed means what is there."""
    while True:
        answer = _typed(question, before)
        try:
            question.answered(answer, known)
        except InvalidInput as error:
            click.echo(error.sentence)
        else:
            return answer


def _typed(question: "FoundingQuestion", before: str) -> str:
    label = translate(question.label)
    click.echo()
    click.echo(translate(question.help))
    if not question.in_lines:
        shown = f" [{before}]" if before else ""
        typed = click.prompt(f"{label}{shown}", default="", show_default=False)
        return str(typed).strip() or before
    for line in before.splitlines():
        click.echo(f"  {line}")
    click.echo(translate(_("An empty line ends the list; without any line it stays as it is.")))
    lines = list(iter(lambda: click.prompt(label, default="", show_default=False), ""))
    return "\n".join(lines) or before


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """What would be otherwise, a line each."""
    from katalysator.coalition.founding.questions import QUESTIONS

    for question in QUESTIONS:
        old, new = before[question.name], after[question.name]
        if old == new:
            continue
        label = translate(question.label)
        if not question.in_lines:
            yield f"{label}: {old or '–'} → {new or '–'}"
            continue
        yield f"{label}:"
        yield from (f"  − {line}" for line in old.splitlines() if line not in new.splitlines())
        yield from (f"  + {line}" for line in new.splitlines() if line not in old.splitlines())
