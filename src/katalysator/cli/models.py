"""`katalysator models`: which models read here, what leaves this machine, and what is the matter with them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from katalysator.core.language import number, say, translate
from katalysator.faults import gettext_noop as _
from katalysator.running.house import house

if TYPE_CHECKING:  # for it needs Django
    from katalysator.engine.text import ModelChoice
    from katalysator.matches.plugged import EncoderStatus, JudgeStatus


@click.command()
def models() -> None:
    """Tell which models read and judge, what leaves this machine, and what is the matter with them."""
    with house():
        from katalysator.matches.plugged import encoder_status, judge_status

        encoder, judge = encoder_status(), judge_status()
        for line in (
            *_about_encoder(encoder),
            "",
            *_about_judge(judge),
            "",
            *_leaves(encoder, judge),
        ):
            click.echo(line)


def _about_encoder(status: "EncoderStatus") -> Iterator[str]:
    yield say("Careful encoder: %(name)s.", name=_name(status.choice))
    if status.serves and status.choice and status.serves != status.choice.name:
        yield say("Until it has read everything, %(name)s serves.", name=status.serves)
    if status.choice:
        yield say(
            "Open listings: %(listings)s, of which %(waiting)s wait to be read.",
            listings=number(status.listings),
            waiting=number(status.waiting),
        )
    yield from _about_trouble(status.trouble)


def _about_judge(status: "JudgeStatus") -> Iterator[str]:
    yield say("Judge: %(name)s.", name=_name(status.choice))
    if status.choice:
        yield say(
            "Pairs graded: %(graded)s; pairs that wait: %(waiting)s.",
            graded=number(status.graded),
            waiting=number(status.waiting),
        )
    if status.flagged:
        yield say(
            "Not judged, because the text seems to tell a model what to answer: listings %(numbers)s.",
            numbers=tuple(map(str, status.flagged)),
        )
    yield from _about_trouble(status.trouble)


def _about_trouble(trouble: str) -> Iterator[str]:
    if trouble:
        yield say("It does not work: %(trouble)s", trouble=trouble)


def _leaves(encoder: "EncoderStatus", judge: "JudgeStatus") -> Iterator[str]:
    """What goes where, in plain words."""
    told = [
        say(sentence, host=choice.service.host)
        for sentence, choice in (
            (
                _(
                    "Title, text and skills of every open listing are sent to %(host)s, also of those "
                    "that only participants see."
                ),
                encoder.choice,
            ),
            (
                _(
                    "Title, text, skills and language of the best pairs of each need are sent to %(host)s."
                ),
                judge.choice,
            ),
        )
        if choice.service and not choice.service.is_here
    ]
    yield from told or [translate("Nothing leaves this machine.")]


def _name(choice: "ModelChoice") -> str:
    return choice.name if choice else translate("none")
