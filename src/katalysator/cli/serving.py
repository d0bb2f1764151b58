"""`katalysator demo`, `serve`, `worker` and `manage`."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from katalysator.cli import options
from katalysator.cli.house import house
from katalysator.cli.web_server import web_server
from katalysator.core.language import say
from katalysator.faults import KatalysatorError, gettext_noop as _

_ENDING = (signal.SIGINT, signal.SIGTERM)
_ON_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)

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
    with house():
        from katalysator.core import purpose

        purpose.claim(is_example=False)
        _serve(host, port, workers)


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
    with house():
        from katalysator.site.demo import loading

        click.echo(say("Loading the example coalition …"))
        for line in loading.load():
            click.echo(f"  {line}")
        if not load_only:
            _show_logins(host, port)
            _serve(host, port, workers)


@click.command()
def worker() -> None:
    """Do the background work: read listings, find matches, let periods expire."""
    with house(migrated=False):
        from procrastinate.contrib.django import app

        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            worker_app.run_worker(concurrency=1, install_signal_handlers=True)


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


def _serve(host: str, port: int, workers: int) -> None:
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    web = web_server(host, port, workers)
    work = [sys.executable, "-m", "katalysator.cli", "worker"]
    with _children(web, work) as children:
        click.echo(say("Serving on %(address)s (Ctrl-C stops)", address=_address(host, port)))
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    if any(child.returncode not in (0, -signal.SIGTERM, -signal.SIGINT) for child in children):
        raise KatalysatorError(
            "part-stopped", _("A part of it stopped by itself; the lines above say why.")
        )


@contextmanager
def _children(*commands: list[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that end when we do, each in its own session so that Ctrl-C reaches us first."""
    children = [
        subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: PLW1509
        for command in commands
    ]

    def stop(*_signal: object) -> None:
        for child in children:
            child.terminate()

    before = {number: signal.signal(number, stop) for number in _ENDING}
    try:
        yield children
    finally:
        stop()
        for child in children:
            child.wait(timeout=30)
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it is gone, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ON_DEATH_OF_PARENT, signal.SIGTERM)
