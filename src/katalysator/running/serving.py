"""Serves a site: its own database, its web server and a worker for each queue, kept running together."""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from signal import SIGKILL, SIGTERM
from threading import Thread
from typing import Final, NamedTuple

import click

from katalysator.core.language import say
from katalysator.faults import KatalysatorError, gettext_noop as _
from katalysator.postgres import revive
from katalysator.running.house import house, one_at_a_time, own_database
from katalysator.running.supervising import MOST, KeptProcess, ended_after, supervise

WORKERS = {
    "short": _("The worker for short jobs"),
    "long": _("The worker for long jobs"),
    "outside": _("The worker for what goes to programs elsewhere"),
}
"""The worker of each queue, by name."""


STYLES: Final = Path(__file__).parents[1] / "site" / "static" / "vendor"
"""What the pages look like, bundled from packages of others."""


class OwnDatabase(NamedTuple):
    """Who keeps our own database, and what starts it again."""

    keeper: KeptProcess
    revive: Callable[[], bool]


@contextmanager
def kept_house() -> Iterator[OwnDatabase | None]:
    """The house, and its own database with a keeper that stops it should we be killed; None where it is another's."""
    folder = own_database()
    with house():
        if folder is None:
            yield None
            return
        keeper = _part(_("The keeper of the database"), "katalysator.postgres.keeper", str(folder))
        with ended_after([keeper]):
            keeper.keep()
            yield OwnDatabase(keeper, partial(revive, folder))


def require_built(folder: Path = STYLES) -> None:
    """Stop before anything is started where the styles of pages are not there: in a checkout they are built first."""
    if not folder.is_dir():
        raise KatalysatorError(
            "styles-unbuilt",
            _("The styles of the pages are not built: %(folder)s is not there."),
            hint=_("In a checkout of the code, run make demo or make serve: they build them."),
            folder=str(folder),
        )


def require_free(host: str, port: int) -> None:
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


def serve_until_told(host: str, port: int, workers: int, database: OwnDatabase | None) -> None:
    """Serve, and keep all parts running until a signal asks for the end."""
    from django.core.management import call_command
    from django.db import connections

    with one_at_a_time():
        call_command("collectstatic", verbosity=0, interactive=False)
    connections.close_all()
    say_where(port)
    parts = [
        KeptProcess(_("The web server"), web_server(host, port, workers), most=MOST),
        *(
            _part(name, "katalysator.cli", "worker", queue, at_our_death=SIGKILL)
            for queue, name in WORKERS.items()
        ),
    ]
    if os.environ.get("KATALYSATOR_MAILBOX"):
        parts.append(_part(_("The mailbox"), "katalysator.cli", "mail", "serve"))
    serving = say("Serving on %(address)s (Ctrl-C stops)", address=address_of(host, port))
    Thread(target=_say_once_served, args=(host, port, serving), daemon=True).start()
    if database:
        supervise([database.keeper, *parts], database.revive)
    else:
        supervise(parts)


def _say_once_served(host: str, port: int, said: str) -> None:
    """Say it once somebody is let in there."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — all of this machine
    while True:
        with suppress(OSError), socket.create_connection((here, port), timeout=1):
            click.echo(said)
            return
        time.sleep(0.1)


def say_where(port: int) -> None:
    """Let letters, and what connectors call themselves, lead to where it is served, where nobody said what the site is called."""
    if "KATALYSATOR_HOSTS" not in os.environ:
        os.environ.setdefault("KATALYSATOR_ADDRESS", f"http://localhost:{port}")


def address_of(host: str, port: int) -> str:
    """Where the site is; by the name of this machine's own address, as passkeys refuse a bare number."""
    named = "localhost" if host in ("127.0.0.1", "::1") else host
    return f"http://{named}:{port}/"


def web_server(host: str, port: int, workers: int) -> list[str]:
    """The command that serves the pages: some processes, of one copy of the code."""
    return [
        sys.executable, "-m", "gunicorn", "katalysator.site.wsgi", "--bind", f"{host}:{port}",
        "--workers", str(workers), "--threads", "4", "--preload", "--log-level", "warning",
        "--worker-class", "katalysator.site.web_worker.WebWorker",
    ]  # fmt: skip


def _part(name: str, module: str, *arguments: str, at_our_death: int = SIGTERM) -> KeptProcess:
    """A module of ours, run by itself."""
    return KeptProcess(name, [sys.executable, "-m", module, *arguments], at_our_death=at_our_death)
