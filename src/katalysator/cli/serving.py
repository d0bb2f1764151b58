"""`katalysator demo`, `serve`, `worker` and `manage`."""

import os
from collections.abc import Sequence

import click

from katalysator.cli import options
from katalysator.core.language import say
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.running.house import house, one_at_a_time
from katalysator.running.serving import (
    WORKERS,
    address_of,
    kept_house,
    require_built,
    require_free,
    say_where,
    serve_until_told,
)

_host = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
_port = click.option("--port", default=8000, show_default=True, type=options.whole(0, 65535))
_workers = click.option(
    "--workers", default=2, show_default=True, type=options.whole(1, 64), help="Web processes."
)


@click.command()
@_host
@_port
@_workers
def serve(host: str, port: int, workers: int) -> None:
    """Serve the coalition, with its background work. Ctrl-C stops everything in order.

    The database is from then on a coalition's own: the example is never loaded into it.
    """
    os.environ["KATALYSATOR_DEMO"] = "no"
    require_built()
    require_free(host, port)
    with kept_house() as database:
        from katalysator.core import purpose

        purpose.claim(is_example=False)
        serve_until_told(host, port, workers, database)


@click.command()
@_host
@_port
@_workers
@click.option("--load-only", is_flag=True, help="Load the example and stop.")
def demo(host: str, port: int, workers: int, load_only: bool) -> None:
    """Serve the example coalition: fictional participants, real landscape facts.

    The first start loads the example and finds its matches; later starts use what is there.
    """
    os.environ["KATALYSATOR_DEMO"] = "yes"
    if not load_only:
        require_built()
        require_free(host, port)
    say_where(port)
    with kept_house() as database:
        from katalysator.site.demo import loading

        click.echo(say("Loading the example coalition …"))
        with one_at_a_time():
            for line in loading.load():
                click.echo(f"  {line}")
        if not load_only:
            _show_logins(host, port)
            serve_until_told(host, port, workers, database)


@click.command()
@click.argument("queues", nargs=-1)
def worker(queues: tuple[str, ...]) -> None:
    """Do the background work: read listings, find matches, let periods expire.

    QUEUES are short, long and outside, or all where none is named. Short jobs wait for nobody where each queue
    has a worker of its own, as in `serve`.
    """
    if unknown := set(queues) - set(WORKERS):
        raise InvalidInput(
            "queue-unknown",
            _("There is no queue “%(name)s”."),
            hint=_("There are: %(queues)s."),
            name=min(unknown),
            queues=tuple(WORKERS),
        )
    with house(migrated=False):
        from katalysator.core.working import work
        from katalysator.site.outage import require_room

        work(queues or tuple(WORKERS), before_each=require_room)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: Sequence[str]) -> None:
    """Run a management command of Django, such as `createsuperuser` or `shell`."""
    with house(migrated=False, owned=arguments[:1] == ("migrate",)):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["katalysator manage", *arguments])


def _show_logins(host: str, port: int) -> None:
    from katalysator.site.demo.logins import LOGINS, PASSWORD

    click.echo("\n" + say("The example coalition: %(address)s", address=address_of(host, port)))
    click.echo(say("Log in with the password “%(password)s” as", password=PASSWORD))
    for role, address in LOGINS:
        click.echo(f"  {address:<44} {role}")
    click.echo("")
