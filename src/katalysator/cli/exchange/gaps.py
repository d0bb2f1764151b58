"""`katalysator gaps`: needs without a good offer, and who could help."""

from typing import Any

import click

from katalysator.cli.exchange.showing import (
    NUMBER,
    ToldAnswer,
    asking,
    limit,
    more_of,
    plain,
    share,
    table,
)
from katalysator.cli.exchange.site import ExchangeSite
from katalysator.core.language import say


@click.group()
def gaps() -> None:
    """Needs without a good offer, and who could help (KATALYSATOR_URL, KATALYSATOR_TOKEN)."""


@gaps.command("list")
@asking
@click.option("--market", default="", help="The name of a market, such as expertise.")
@click.option("--area", default="", help="The name of an area in addresses, such as zorg.")
@click.option("--region", default="", help="The code of a region, such as NL22.")
@click.option("--proposals", is_flag=True, help="Say of each who could help, and why.")
@limit
def list_(site: ExchangeSite, proposals: bool, limit: int, **asked: str) -> ToldAnswer:
    """List needs without a good offer, near-equal ones as one, those that matter most first."""
    found = site.ask("/gaps", pageSize=limit, **asked)
    rows = [
        (each["needs"][0], each["owners"], each["days"], share(each["best"]), each["market"], each["title"])
        for each in found["items"]
    ]  # fmt: skip
    headers = (
        say("Number"), say("Owners"), say("Days"), say("Nearest"), say("Market"), say("Title"),
    )  # fmt: skip
    lines = [*table(headers, rows), *more_of(found)]
    if not proposals:
        return found, lines
    helpers = [site.ask(f"/listings/{each['needs'][0]}/helpers") for each in found["items"]]
    told = [line for each in helpers for line in ("", *_proposals(each))]
    return found | {"helpers": helpers}, [*lines, *told]


@gaps.command()
@asking
@click.argument("number", type=NUMBER)
def helpers(site: ExchangeSite, number: int) -> ToldAnswer:
    """Show who could help with a need, and why."""
    found = site.ask(f"/listings/{number}/helpers")
    return found, _proposals(found)


@gaps.command()
@asking
@click.option("--market", default="", help="The name of a market, such as expertise.")
@click.option("--area", default="", help="The name of an area in addresses, such as zorg.")
def course(site: ExchangeSite, **asked: str) -> ToldAnswer:
    """Show how much was missing, day by day."""
    found = site.ask("/gaps/course", **asked)
    names = ("day", "needs", "unserved", "offers", "unused", "empty")
    headers = (
        say("Day"), say("Needs"), say("Unserved"), say("Offers"), say("Unused"), say("Empty cells"),
    )  # fmt: skip
    return found, table(headers, [[each[name] for name in names] for each in found["items"]])


def _proposals(found: Any) -> list[str]:
    """The need, and under it who could help, with each reason."""
    need = found["need"]
    lines = [f"{need['id']} {plain(need['title'])}"]
    for each in found["items"]:
        reasons = " ".join(map(plain, each["reasons"]))
        lines.append(f"+ {plain(each['name'])} ({plain(each['organisation'])}): {reasons}")
    return lines if found["items"] else [*lines, say("There is nothing.")]
