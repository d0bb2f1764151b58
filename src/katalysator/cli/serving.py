"""`katalysator demo`, `serve`, `worker` and `manage`."""

import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from signal import SIGKILL, SIGTERM
from typing import NamedTuple

import click

from katalysator.cli import options
from katalysator.cli.house import house, one_at_a_time, own_database
from katalysator.cli.supervising import MOST, KeptProcess, ended_after, supervise
from katalysator.cli.web_server import web_server
from katalysator.core.language import say
from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _
from katalysator.postgres import revive

_WORKERS = {"short": _("The worker for short jobs"), "long": _("The worker for long jobs")}

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
    _require_free(host, port)
    with _kept_house() as database:
        from katalysator.core import purpose

        purpose.claim(is_example=False)
        _serve(host, port, workers, database)


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
        _require_free(host, port)
    with _kept_house() as database:
        from katalysator.site.demo import loading

        click.echo(say("Loading the example coalition …"))
        with one_at_a_time():
            for line in loading.load():
                click.echo(f"  {line}")
        if not load_only:
            _show_logins(host, port)
            _serve(host, port, workers, database)


@click.command()
@click.argument("queues", nargs=-1)
def worker(queues: tuple[str, ...]) -> None:
    """Do the background work: read listings, find matches, let periods expire.

    QUEUES are short and long, or both where none is named. Short jobs wait for nobody where each queue
    has a worker of its own, as in `serve`.
    """
    if unknown := set(queues) - set(_WORKERS):
        raise InvalidInput(
            "queue-unknown",
            _("There is no queue “%(name)s”."),
            hint=_("There are: %(queues)s."),
            name=min(unknown),
            queues=tuple(_WORKERS),
        )
    with house(migrated=False):
        from katalysator.core.working import work
        from katalysator.site.outage import require_room

        work(queues or tuple(_WORKERS), before_each=require_room)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: Sequence[str]) -> None:
    """Run a management command of Django, such as `createsuperuser` or `shell`."""
    with house(migrated=False, owned=arguments[:1] == ("migrate",)):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["katalysator manage", *arguments])


def _show_logins(host: str, port: int) -> None:
    from katalysator.site.demo.logins import LOGINS, PASSWORD

    click.echo("\n" + say("The example coalition: %(address)s", address=_address(host, port)))
    click.echo(say("Log in with the password “%(password)s” as", password=PASSWORD))
    for role, address in LOGINS:
        click.echo(f"  {address:<44} {role}")
    click.echo("")


def _address(host: str, port: int) -> str:
    return f"http://{host}:{port}/"


def _require_free(host: str, port: int) -> None:
    """Stop before anything is started where the port cannot be had."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise KatalysatorError(
                "port-taken",
                _("Nothing can be served on %(host)s:%(port)s (%(reason)s)."),
                hint=_("Try --port %(next)s."),
                host=host,
                port=str(port),
                reason=error.strerror,
                next=str(port + 1),
            ) from None


@contextmanager
def _kept_house() -> Iterator["_OwnDatabase | None"]:
    """The house, and its own database with a keeper that stops it should we be killed; None where it is another's."""
    folder = own_database()
    with house():
        if folder is None:
            yield None
            return
        keeper = _part(_("The keeper of the database"), "katalysator.postgres.keeper", str(folder))
        with ended_after([keeper]):
            keeper.keep()
            yield _OwnDatabase(keeper, partial(revive, folder))


class _OwnDatabase(NamedTuple):
    """Who keeps our own database, and what starts it again."""

    keeper: KeptProcess
    revive: Callable[[], bool]


def _serve(host: str, port: int, workers: int, database: "_OwnDatabase | None") -> None:
    from django.core.management import call_command
    from django.db import connections

    with one_at_a_time():
        call_command("collectstatic", verbosity=0, interactive=False)
    connections.close_all()
    parts = [
        KeptProcess(_("The web server"), web_server(host, port, workers), most=MOST),
        *(
            _part(name, "katalysator.cli", "worker", queue, at_our_death=SIGKILL)
            for queue, name in _WORKERS.items()
        ),
    ]
    click.echo(say("Serving on %(address)s (Ctrl-C stops)", address=_address(host, port)))
    if database:
        supervise([database.keeper, *parts], database.revive)
    else:
        supervise(parts)


def _part(name: str, module: str, *arguments: str, at_our_death: int = SIGTERM) -> KeptProcess:
    """A module of ours, run by itself."""
    return KeptProcess(name, [sys.executable, "-m", module, *arguments], at_our_death=at_our_death)
