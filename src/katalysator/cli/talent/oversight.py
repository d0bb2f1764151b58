"""`katalysator talent replay` and `bias`: a list of people made again, and whether people fare alike."""

from typing import TYPE_CHECKING

import click

from katalysator.core.language import say
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.running.house import house

if TYPE_CHECKING:
    from katalysator.talent.oversight.bias import BiasReport

_DIFFERENT = 1


@click.command()
@click.argument("number", type=int)
@click.pass_context
def replay(context: click.Context, number: int) -> None:
    """Make the list of people NUMBER again, and say whether it is identical; ends with 1 where it is not."""
    with house():
        from katalysator.core.actors import OPERATOR
        from katalysator.talent.models import Consultation
        from katalysator.talent.oversight import verbs

        made = Consultation.objects.filter(pk=number).first()
        if made is None:
            raise InvalidInput("list", _("There is no list %(number)s."), number=str(number))
        found = verbs.replay(made, by=OPERATOR)
        if found.is_same:
            click.echo(say("List %(number)s is identical to what was shown.", number=str(number)))
        else:
            click.echo(
                say("List %(number)s is not identical to what was shown:", number=str(number))
            )
        for sentence in found.sentences:
            click.echo(f"- {sentence}")
        if found.moved:
            click.echo(say("Of whom: %(keys)s", keys=", ".join(found.moved)))
    if not found.is_same:
        context.exit(_DIFFERENT)


@click.command()
def bias() -> None:
    """Say whether forms of a title find the same work, and whether groups of people fare alike."""
    with house():
        from katalysator.talent.oversight.bias import bias_report
        from katalysator.talent.taxonomies.current import current_taxonomy
        from katalysator.talent.taxonomies.finders import titles_found

        taxonomy = current_taxonomy()
        report = bias_report(titles_found(taxonomy) if taxonomy else None)
    _tell(report)


def _tell(report: "BiasReport") -> None:
    told = {"day": report.day.isoformat(), "version": report.engine}
    click.echo(say("%(day)s, software %(version)s", **told))
    click.echo(report.taxonomy or say("No taxonomy of work has been taken in yet."))
    titles = report.titles
    if titles is None:
        click.echo(say("Finding by titles was not measured: nothing that finds is loaded."))
    elif titles.shared is not None:
        shared = f"{titles.shared:.3f}"
        click.echo(
            say(
                "Two forms of a title share %(shared)s of the first ten (%(pairs)s pairs).",
                shared=shared,
                pairs=titles.pairs,
            )
        )
        for language, share in titles.languages.items():
            if share:
                click.echo(
                    say(
                        "%(language)s: the own label finds its work first in %(share)s of %(number)s.",
                        language=language,
                        share=f"{share.value:.3f}",
                        number=share.of,
                    )
                )
    for kind, groups in report.groups.items():
        for name, each in groups.items():
            if each is None:
                click.echo(say("%(group)s: not told, too few.", group=f"{kind} {name}"))
                continue
            figures = f"{each.share.value:.2f} ({each.share.low:.2f}–{each.share.high:.2f})"
            click.echo(
                say(
                    "%(group)s: invited %(figures)s of %(people)s people.",
                    group=f"{kind} {name}",
                    figures=figures,
                    people=each.share.of,
                )
            )
