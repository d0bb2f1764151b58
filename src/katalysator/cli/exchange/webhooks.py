"""`katalysator webhooks`: which addresses are told of what, and what was sent to them."""

from typing import Any, Final
from uuid import UUID

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
from katalysator.core.language import lazy, say

_number: Final = click.argument("number", type=NUMBER)


@click.group()
def webhooks() -> None:
    """Which addresses of yours are told of what (KATALYSATOR_URL, KATALYSATOR_TOKEN)."""


@webhooks.command("list")
@asking
@limit
def list_(site: ExchangeSite, limit: int) -> ToldAnswer:
    """List those of organisations that you manage; for the bureau its own."""
    found = site.ask("/webhooks", pageSize=limit)
    rows = [
        (each["id"], each["organisation"] or "—", each["state"], moment(each["failingSince"]), each["name"], each["address"])
        for each in found["items"]
    ]  # fmt: skip
    headers = (
        say("Number"), say("Organisation"), say("State"), say("Failing since"), say("Name"), say("Address"),
    )  # fmt: skip
    return found, [*table(headers, rows), *more_of(found)]


@webhooks.command()
@asking
def types(site: ExchangeSite) -> ToldAnswer:
    """List of what programs can be told."""
    found = site.ask("/webhook-types")
    rows = [(each["name"], each["label"]) for each in found["items"]]
    return found, table((say("Type"), say("Meaning")), rows)


@webhooks.command()
@asking
@click.argument("name")
@click.argument("address")
@click.option(
    "--organisation",
    default="",
    help="Whose it is, by its name in addresses; the bureau leaves it out.",
)
@click.option(
    "--type", "kinds", multiple=True, required=True, help="Of what it is told; more than once."
)
@click.option(
    "--of-others", is_flag=True, help="Also of what others do, where all participants may see it."
)
def add(
    site: ExchangeSite, name: str, address: str, organisation: str, kinds: tuple[str, ...], of_others: bool
) -> ToldAnswer:  # fmt: skip
    """Let ADDRESS be told, under a NAME of your own. Its secret is shown this once."""
    said = {
        "name": name, "address": address, "organisation": organisation, "types": list(kinds), "ofOthers": of_others,
    }  # fmt: skip
    made = site.send("POST", "/webhooks", said)
    return made, [*_facts(made["webhook"]), fact(say("Secret"), made["secret"])]


@webhooks.command()
@asking
@_number
@limit
def show(site: ExchangeSite, number: int, limit: int) -> ToldAnswer:
    """Show one, and what was sent to it, the newest first."""
    found = site.ask(f"/webhooks/{number}")
    sent = site.ask(f"/webhooks/{number}/deliveries", pageSize=limit)
    rows = [
        (moment(each["triedAt"] or each["at"]), each["type"], each["number"], each["state"], each["status"], each["id"], each["problem"] or each["answer"])
        for each in sent["items"]
    ]  # fmt: skip
    headers = (
        say("When"), say("Type"), say("Number"), say("State"), say("Status"), say("Message"), say("Answer"),
    )  # fmt: skip
    lines = [*_facts(found), "", *table(headers, rows), *more_of(sent)]
    return {"webhook": found, "deliveries": sent}, lines


@webhooks.command("test")
@asking
@_number
def send_test(site: ExchangeSite, number: int) -> ToldAnswer:
    """Send a test; `show` tells what became of it."""
    sent = site.send("POST", f"/webhooks/{number}/tests")
    return sent, [say("A test is on its way.")]


@webhooks.command()
@asking
@_number
@click.argument("message", type=click.UUID)
def again(site: ExchangeSite, number: int, message: UUID) -> ToldAnswer:
    """Send a MESSAGE once more, as `show` names it."""
    sent = site.send("POST", f"/webhooks/{number}/deliveries/{message}/tries")
    return sent, [say("It is on its way again.")]


@webhooks.command()
@asking
@_number
def pause(site: ExchangeSite, number: int) -> ToldAnswer:
    """Tell it nothing for a while."""
    return _moved(site, number, "pause")


@webhooks.command()
@asking
@_number
def resume(site: ExchangeSite, number: int) -> ToldAnswer:
    """Let it work again."""
    return _moved(site, number, "resume")


@webhooks.command("secret")
@asking
@_number
def renew_secret(site: ExchangeSite, number: int) -> ToldAnswer:
    """Make a new secret, shown this once; the one before counts for a day more."""
    made = site.send("POST", f"/webhooks/{number}/secrets")
    return made, [fact(say("Secret"), made["secret"])]


@webhooks.command()
@asking
@_number
@click.confirmation_option(prompt=lazy("This cannot be undone. Go on?"))
def remove(site: ExchangeSite, number: int) -> ToldAnswer:
    """Take one away, with all that was sent to it."""
    site.send("DELETE", f"/webhooks/{number}")
    return None, [say("It is taken away.")]


def _moved(site: ExchangeSite, number: int, deed: str) -> ToldAnswer:
    found = site.send("POST", f"/webhooks/{number}/deeds", {"deed": deed})
    return found, _facts(found)


def _facts(found: Any) -> list[str]:
    return [
        fact(say("Number"), found["id"]),
        fact(say("Name"), found["name"]),
        fact(say("Address"), found["address"]),
        fact(say("State"), found["state"]),
        fact(say("Types"), ", ".join(found["types"])),
        fact(say("Page"), found["links"]["page"]),
    ]
