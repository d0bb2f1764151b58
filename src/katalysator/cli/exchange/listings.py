"""`katalysator listings`: needs and offers of a running coalition."""

from collections.abc import Iterable
from typing import Any, Final

import click

from katalysator.cli.exchange.showing import (
    NUMBER,
    ToldAnswer,
    asking,
    fact,
    limit,
    more_of,
    plain,
    share,
    table,
)
from katalysator.cli.exchange.site import ExchangeSite
from katalysator.core.language import say

_STATES: Final = ("draft", "matched", "closed", "expired", "any")
_DEEDS: Final = ("publish", "settle", "reopen", "close", "withdraw")


@click.group()
def listings() -> None:
    """Needs and offers of a running coalition (KATALYSATOR_URL, KATALYSATOR_TOKEN)."""


@listings.command("list")
@asking
@click.option("--about", default="", help="Words, as in a search.")
@click.option("--kind", type=click.Choice(["need", "offer"]))
@click.option("--area", default="", help="The name of an area in addresses, such as zorg.")
@click.option("--market", default="", help="The name of a market, such as expertise.")
@click.option("--state", type=click.Choice(_STATES), help="Open ones where it is left out.")
@click.option("--gaps", is_flag=True, help="Open needs without a good offer.")
@limit
def list_(
    site: ExchangeSite, about: str, gaps: bool, limit: int, **asked: str | None
) -> ToldAnswer:
    """List needs and offers that you may see."""
    show = "gaps" if gaps else ""
    found = site.ask("/listings", q=about, show=show, pageSize=limit, **asked)
    return found, [*_rows(found["items"]), *more_of(found)]


@listings.command()
@asking
@click.argument("number", type=NUMBER)
def show(site: ExchangeSite, number: int) -> ToldAnswer:
    """Show one, with what you may do with it."""
    found = site.ask(f"/listings/{number}")
    return found, _facts(found)


@listings.command()
@asking
@click.argument("number", type=NUMBER)
@click.option("--reasons", is_flag=True, help="Say what fits and what is missing.")
def matches(site: ExchangeSite, number: int, reasons: bool) -> ToldAnswer:
    """Show what fits a need or an offer, the best first."""
    found = site.ask(f"/listings/{number}/matches")
    rows = [
        (each["listing"]["id"], share(each["score"]), each["listing"]["owner"]["name"], each["listing"]["title"])
        for each in found["items"]
    ]  # fmt: skip
    lines = table((say("Number"), say("Chance"), say("Of"), say("Title")), rows)
    if reasons:
        lines += [line for each in found["items"] for line in _reasons(each)]
    return found, lines


def _deed(name: str) -> click.Command:
    """The command of one deed."""

    def do(site: ExchangeSite, number: int) -> ToldAnswer:
        said = site.send("POST", f"/listings/{number}/deeds", {"deed": name})
        return said, _facts(said)

    do.__doc__ = f"Do “{name}” with one of yours."
    command = click.argument("number", type=NUMBER)(do)
    return click.command(name)(asking(command))


for _name in _DEEDS:
    listings.add_command(_deed(_name))


def _rows(items: Iterable[Any]) -> list[str]:
    headers = (say("Number"), say("Kind"), say("State"), say("Of"), say("Title"))
    return table(
        headers,
        [
            (each["id"], each["kind"], each["state"], each["owner"]["name"], each["title"])
            for each in items
        ],
    )


def _facts(record: Any) -> list[str]:
    return [
        fact(say("Number"), record["id"]),
        fact(say("Title"), record["title"]),
        fact(say("Kind"), record["kind"]),
        fact(say("State"), record["state"]),
        fact(say("Of"), record["owner"]["name"]),
        fact(say("Market"), record["market"]),
        fact(say("Do"), ", ".join(record["deeds"])),
        fact(say("Page"), record["links"]["page"]),
        "",
        *map(plain, record["text"].splitlines()),
    ]


def _reasons(match: Any) -> list[str]:
    reasons = match["reasons"]
    lines = [f"+ {plain(each)}" for each in reasons["fits"]]
    lines += [f"− {plain(each)}" for each in reasons["missing"]]
    return ["", f"{match['listing']['id']} {plain(match['listing']['title'])}", *lines]
