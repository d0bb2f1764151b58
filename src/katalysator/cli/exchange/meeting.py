"""`katalysator meeting`: until when an organisation takes no proposals to meet, and whom it never meets."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

import click

from katalysator.cli.exchange.showing import ToldAnswer, asking, fact
from katalysator.cli.exchange.site import ExchangeSite
from katalysator.core.language import say

_organisation: Final = click.argument("organisation")
_other: Final = click.argument("other")


@click.group()
def meeting() -> None:
    """Whom an organisation of yours meets (KATALYSATOR_URL, KATALYSATOR_TOKEN)."""


@meeting.command()
@asking
@_organisation
def show(site: ExchangeSite, organisation: str) -> ToldAnswer:
    """Show what ORGANISATION said, by its name in addresses."""
    return _told(site.ask(_path(organisation)))


@meeting.command()
@asking
@_organisation
@click.option(
    "--until",
    type=click.DateTime(("%Y-%m-%d",)),
    required=True,
    help="The day from which it takes proposals again, as 2027-03-01.",
)
def pause(site: ExchangeSite, organisation: str, until: datetime) -> ToldAnswer:
    """Take no proposals for a while."""
    said = {"until": until.date().isoformat()}
    return _told(site.send("PUT", f"{_path(organisation)}/pause", said))


@meeting.command()
@asking
@_organisation
def resume(site: ExchangeSite, organisation: str) -> ToldAnswer:
    """Take proposals again."""
    site.send("DELETE", f"{_path(organisation)}/pause")
    return _told(site.ask(_path(organisation)))


@meeting.command()
@asking
@_organisation
@_other
def never(site: ExchangeSite, organisation: str, other: str) -> ToldAnswer:
    """Never meet OTHER; it does not learn of it."""
    return _told(site.send("PUT", f"{_path(organisation)}/never/{quote(other, safe='')}"))


@meeting.command()
@asking
@_organisation
@_other
def allow(site: ExchangeSite, organisation: str, other: str) -> ToldAnswer:
    """Take OTHER off the list."""
    site.send("DELETE", f"{_path(organisation)}/never/{quote(other, safe='')}")
    return _told(site.ask(_path(organisation)))


def _path(organisation: str) -> str:
    return f"/organisations/{quote(organisation, safe='')}/meeting"


def _told(found: Any) -> ToldAnswer:
    return found, [
        fact(say("Takes no proposals until"), found["pausedUntil"] or "—"),
        fact(say("Never meets"), ", ".join(found["never"]) or "—"),
    ]
