"""`katalysator mail bounce`: the mail server hands over what comes back."""

import sys

import click

from katalysator.core.language import say
from katalysator.running.house import house

_MOST = 2_000_000  # bytes of a report that are read


@click.group()
def mail() -> None:
    """Mail that comes in."""


@mail.command()
@click.option("--to", default="", help="The address to which it came.")
def bounce(to: str) -> None:
    """Read a letter that came back from standard input: its reader gets no more, when the address does not work.

    For the pipe of a mail server; KATALYSATOR_MAIL_BOUNCES says to which address letters come back.
    """
    content = sys.stdin.buffer.read(_MOST)
    with house(migrated=False):
        from katalysator.core.actors import POSTMAN
        from katalysator.notices.returns import read_return
        from katalysator.notices.verbs import note_return

        came = read_return(content, to)
        if came is None:
            click.echo(say("This is no report about a letter of ours: nothing was changed."))
            return
        row = note_return(came.person, came.status, by=POSTMAN)
    if row.stopped:
        click.echo(say("Status %(status)s: no more letters go there.", status=came.status))
    else:
        click.echo(say("Status %(status)s: noted.", status=came.status))
