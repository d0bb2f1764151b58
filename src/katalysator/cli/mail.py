"""`katalysator mail bounce`, `answer` and `serve`: the mail server hands over what comes in."""

import sys

import click

from katalysator.core.language import say
from katalysator.faults import InvalidInput, gettext_noop as _
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


@mail.command()
@click.option("--to", required=True, help="The address to which it came.")
def answer(to: str) -> None:
    """Put an answer by mail in the thread that it is of, from standard input.

    For the pipe of a mail server; KATALYSATOR_MAIL_THREADS says to which address people answer.
    """
    content = sys.stdin.buffer.read(_MOST)
    with house(migrated=False):
        from katalysator.introductions.thread.mail import take_in

        taken = take_in(content, to)
    click.echo(say("Taken in.") if taken else say("A program wrote this: it is left."))


@mail.command()
def serve() -> None:
    """Take in by LMTP what a mail server hands over, at the address of KATALYSATOR_MAILBOX, as 127.0.0.1:8024.

    `katalysator serve` does so by itself where that is set.
    """
    with house(migrated=False):
        from django.conf import settings

        from katalysator.running.mailbox import serve as serve_mailbox

        host, _colon, port = settings.MAILBOX.rpartition(":")
        if not (host and port.isdecimal()):
            raise InvalidInput(
                "mailbox",
                _("KATALYSATOR_MAILBOX is “%(said)s”, which is no address and port."),
                hint=_("Set it to an address of this machine, such as 127.0.0.1:8024."),
                said=settings.MAILBOX,
            )
        serve_mailbox(host.strip("[]"), int(port))
