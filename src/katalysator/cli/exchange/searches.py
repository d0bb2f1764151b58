"""`katalysator searches`: searches of needs and offers that you keep, and how often you hear what is new."""

from typing import Any, Final
from urllib.parse import urlencode

import click

from katalysator.cli.exchange.showing import (
    NUMBER,
    ToldAnswer,
    asking,
    fact,
    limit,
    moment,
    more_of,
    table,
)
from katalysator.cli.exchange.site import ExchangeSite
from katalysator.core.language import say

_number: Final = click.argument("number", type=NUMBER)
_PACES: Final = ("never", "daily", "weekly")


@click.group()
def searches() -> None:
    """Searches that you keep (KATALYSATOR_URL, KATALYSATOR_TOKEN)."""


@searches.command("list")
@asking
@limit
def list_(site: ExchangeSite, limit: int) -> ToldAnswer:
    """List them by name."""
    found = site.ask("/saved-searches", pageSize=limit)
    rows = [
        (each["id"], each["pace"], moment(each["toldUntil"]), each["name"], each["query"])
        for each in found["items"]
    ]
    headers = (say("Number"), say("Letters"), say("Told until"), say("Name"), say("Asked"))
    return found, [*table(headers, rows), *more_of(found)]


@searches.command()
@asking
@click.argument("name")
@click.option("--about", default="", help="Words to find.")
@click.option("--kind", type=click.Choice(("need", "offer")), default=None)
@click.option("--area", default="", help="The name of an area in addresses, such as zorg.")
@click.option("--market", default="", help="The name of a market, such as expertise.")
@click.option(
    "--pace", type=click.Choice(_PACES), default="never", help="How often you are told what is new."
)
def save(site: ExchangeSite, name: str, about: str, pace: str, **asked: str | None) -> ToldAnswer:
    """Save a search under a NAME."""
    query = urlencode({key: value for key, value in {"q": about, **asked}.items() if value})
    return _told(site.send("POST", "/saved-searches", {"name": name, "query": query, "pace": pace}))


@searches.command()
@asking
@_number
@click.option("--name", default=None, help="Another name.")
@click.option(
    "--pace", type=click.Choice(_PACES), default=None, help="How often you are told what is new."
)
def change(site: ExchangeSite, number: int, **said: str | None) -> ToldAnswer:
    """Give one another name, or be told otherwise from now on."""
    changed = {name: value for name, value in said.items() if value is not None}
    return _told(site.send("PATCH", f"/saved-searches/{number}", changed))


@searches.command()
@asking
@_number
def drop(site: ExchangeSite, number: int) -> ToldAnswer:
    """Delete one."""
    site.send("DELETE", f"/saved-searches/{number}")
    return None, [say("The search is deleted.")]


def _told(found: Any) -> ToldAnswer:
    return found, [
        fact(say("Number"), found["id"]),
        fact(say("Name"), found["name"]),
        fact(say("Asked"), found["query"]),
        fact(say("Letters"), found["pace"]),
        fact(say("Page"), found["links"]["page"]),
    ]
