"""`katalysator introductions`: whom you were asked to meet, and whom you bring together."""

from collections.abc import Callable, Iterable
from typing import Any, Final

import click

from katalysator.cli.exchange.showing import (
    NUMBER,
    ToldAnswer,
    asking,
    fact,
    limit,
    moment,
    more_of,
    plain,
    table,
)
from katalysator.cli.exchange.site import ExchangeSite
from katalysator.core.language import say
from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _

_STATES: Final = (
    "proposed", "introduced", "talking", "agreed", "result", "ended", "declined", "lapsed", "withdrawn",
)  # fmt: skip
_WHY_NOT: Final = (
    "subject", "direction", "place", "size", "known", "time", "terms", "found", "other",
)  # fmt: skip
_OUTCOMES: Final = ("project", "hire", "course", "data", "pilot", "investment", "other")
_PLAIN: Final = ("withdraw", "talk", "agree", "resume")

_number: Final = click.argument("number", type=NUMBER)
_remark: Final = click.option("--remark", default="", help="A line with it.")
_party: Final = click.option(
    "--party", type=NUMBER, help="For which party, where you speak for more."
)


def _why_not(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--reason", type=click.Choice(_WHY_NOT), required=True)(command)


@click.group()
def introductions() -> None:
    """Whom you were asked to meet, or bring together (KATALYSATOR_URL, KATALYSATOR_TOKEN)."""


@introductions.command("list")
@asking
@click.option("--state", type=click.Choice(_STATES))
@limit
def list_(site: ExchangeSite, state: str | None, limit: int) -> ToldAnswer:
    """List your introductions, those in which something happened last first; the bureau sees all."""
    found = site.ask("/introductions", state=state, pageSize=limit)
    rows = [
        (each["id"], each["state"], moment(each["changedAt"]), _names(each["parties"]))
        for each in found["items"]
    ]
    headers = (say("Number"), say("State"), say("Changed"), say("Parties"))
    return found, [*table(headers, rows), *more_of(found)]


@introductions.command()
@asking
@_number
def show(site: ExchangeSite, number: int) -> ToldAnswer:
    """Show one, with its parties and what you may do."""
    return _told(site.ask(f"/introductions/{number}"))


@introductions.command()
@asking
@click.argument("listings", type=NUMBER, nargs=-1, required=True)
@click.option(
    "--organisation", default="", help="Your own, where it comes without a need or an offer."
)
@click.option("--why", default="", help="What the others read.")
@click.option("--description", default="", help="In place of your name, until all said yes.")
def propose(site: ExchangeSite, listings: tuple[int, ...], **said: str) -> ToldAnswer:
    """Propose that the owners of these needs and offers (LISTINGS, by their numbers) meet."""
    return _told(site.send("POST", "/introductions", {"listings": list(listings), **said}))


@introductions.command()
@asking
@_number
@_party
def accept(site: ExchangeSite, number: int, party: int | None) -> ToldAnswer:
    """Say yes."""
    return _answered(site, number, party, {"answer": "yes"})


@introductions.command()
@asking
@_number
@_party
@_why_not
@_remark
def decline(
    site: ExchangeSite, number: int, party: int | None, reason: str, remark: str
) -> ToldAnswer:
    """Say no, and why."""
    return _answered(site, number, party, {"answer": "no", "reason": reason, "remark": remark})


@introductions.command("say")
@asking
@_number
@click.argument("text")
def say_(site: ExchangeSite, number: int, text: str) -> ToldAnswer:
    """Write to the other parties."""
    return _told(site.send("POST", f"/introductions/{number}/messages", {"text": text}))


@introductions.command()
@asking
@_number
@click.option("--outcome", type=click.Choice(_OUTCOMES), required=True)
@click.option("--summary", default="", help="What came of it.")
def finish(site: ExchangeSite, number: int, outcome: str, summary: str) -> ToldAnswer:
    """Tell the result."""
    return _done(site, number, "finish", outcome=outcome, summary=summary)


@introductions.command()
@asking
@_number
@_why_not
@_remark
def end(site: ExchangeSite, number: int, reason: str, remark: str) -> ToldAnswer:
    """Break it off, and say why."""
    return _done(site, number, "end", reason=reason, remark=remark)


def _plain_deed(name: str) -> click.Command:
    """The command of a deed that takes no more than its name."""

    def do(site: ExchangeSite, number: int) -> ToldAnswer:
        return _done(site, number, name)

    do.__doc__ = f"Do “{name}” with one of yours."
    return click.command(name)(asking(_number(do)))


for _name in _PLAIN:
    introductions.add_command(_plain_deed(_name))


def _done(site: ExchangeSite, number: int, deed: str, **said: str) -> ToldAnswer:
    return _told(site.send("POST", f"/introductions/{number}/deeds", {"deed": deed, **said}))


def _answered(
    site: ExchangeSite, number: int, party: int | None, said: dict[str, str]
) -> ToldAnswer:
    mine = party or _asked_party(site.ask(f"/introductions/{number}"))
    return _told(site.send("POST", f"/introductions/{number}/parties/{mine}/answer", said))


def _asked_party(found: Any) -> int:
    """The party of one's own that has still to answer. Raises KatalysatorError for none, InvalidInput for several."""
    asked = [each for each in found["parties"] if each["own"] and each["answer"] == "asked"]
    if not asked:
        raise KatalysatorError(
            "not-asked",
            _("Nobody asks you for an answer here: the state is “%(state)s”."),
            state=found["state"],
        )
    if len(asked) > 1:
        raise InvalidInput(
            "which-party",
            _("You speak for more than one party here."),
            hint=_("Say for which, with --party: %(parties)s."),
            parties=tuple(f"{each['id']} ({plain(each['name'])})" for each in asked),
        )
    return int(asked[0]["id"])


def _names(parties: Iterable[Any]) -> str:
    return " ● ".join(each["name"] for each in parties)


def _told(found: Any) -> ToldAnswer:
    headers = (say("Party"), say("Answer"), say("Listing"), say("Contact"), say("Name"))
    rows = [
        (each["id"], each["answer"], each["listing"], (each["contact"] or {}).get("email"), each["name"])
        for each in found["parties"]
    ]  # fmt: skip
    lines = [
        fact(say("Number"), found["id"]),
        fact(say("State"), found["state"]),
        fact(say("Changed"), moment(found["changedAt"])),
        fact(say("Why"), found["why"]),
        fact(say("Do"), ", ".join(found["deeds"])),
        fact(say("Page"), found["links"]["page"]),
        "",
        *table(headers, rows),
    ]
    if found["messages"]:
        lines += [
            "",
            *(f"{moment(each['at'])}  {plain(each['text'])}" for each in found["messages"]),
        ]
    return found, lines
