"""`katalysator rounds`: many needs and offers brought together at once, as well as can be for all."""

from collections.abc import Callable, Iterable
from typing import Any, Final

import click

from katalysator.cli.exchange.following import followed
from katalysator.cli.exchange.showing import (
    NUMBER,
    ToldAnswer,
    asking,
    fact,
    limit,
    moment,
    more_of,
    plain,
    share,
    table,
)
from katalysator.cli.exchange.site import ExchangeSite
from katalysator.cli.options import whole
from katalysator.core.language import say
from katalysator.faults import gettext_noop as _

_RUNS: Final = ("computing", "sending", "undoing")
_SURE: Final = 1e-6  # of the best possible: what is nearer is called the best
_WITHOUT: Final = "without-"
_PLAIN: Final = ("stop", "approve", "drop")
_WORKING: Final = {
    "compute": "Let one be computed, and wait for what comes of it.",
    "send": "Send the proposals of one that is approved, and wait until they are out.",
    "undo": "Take all proposals of one back, as long as nobody answered.",
}
_WAYS: Final = {
    "chosen": _("This round"),
    "best": _("The best possible for all together"),
    "stable": _("Without regret: the best pairs first"),
    "in-turn": _("One need after another, the oldest first"),
}
_LIMITS: Final = {
    "least": _("the lowest chance"),
    "within_capacity": _("the places of offers"),
    "per_organisation": _("the most for an organisation"),
    "kept": _("the places that are kept"),
    "rulings": _("what was ruled by hand"),
}
_NOTHING: Final = {
    "nothing": _("Nothing in the market fits"),
    "not-now": _("What fits it meets already, or takes no proposals now"),
    "least": _("What fits is below the lowest chance of this round"),
    "hand": _("What fits was ruled out by hand"),
    "own": _("Its organisation has its most"),
    "theirs": _("The organisations that fit have their most"),
    "kept": _("The places that are left are kept for others"),
    "taken": _("What fits went to others"),
}

_number: Final = click.argument("number", type=NUMBER)
_OPTIONS: Final = (
    click.option("--why", help="What all who are asked read."),
    click.option("--method", type=click.Choice(["best", "stable"])),
    click.option("--area", help="Needs in this area alone, such as zorg."),
    click.option("--region", help="Needs in this region alone, such as NL22."),
    click.option("--least", type=whole(0, 100), help="The lowest chance of a pair, in percent."),
    click.option("--per-need", type=whole(1, 5), help="Introductions of a need at most."),
    click.option("--per-offer", type=whole(1, 50), help="Introductions of an offer at most."),
    click.option(
        "--within-capacity/--whatever-capacity", default=None, help="No more than it has places."
    ),
    click.option("--per-organisation", type=whole(1), help="Of its needs, and of its offers."),
    click.option("--kept", type=whole(0), help="Introductions of each offer that are kept …"),
    click.option("--kept-for", help="… for needs of this kind of organisation, such as startup."),
)


def _settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """What a round says and chooses by; what is left out is as the site has it."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.group()
def rounds() -> None:
    """Matching rounds: many needs and offers brought together at once (KATALYSATOR_URL, KATALYSATOR_TOKEN)."""


@rounds.command("list")
@asking
@limit
def list_(site: ExchangeSite, limit: int) -> ToldAnswer:
    """List the rounds that you decide on, the newest first."""
    found = site.ask("/rounds", pageSize=limit)
    rows = [
        (each["id"], each["state"], moment(each["madeAt"]), moment(each["sentAt"]), each["name"])
        for each in found["items"]
    ]
    headers = (say("Number"), say("State"), say("Made"), say("Sent"), say("Name"))
    return found, [*table(headers, rows), *more_of(found)]


@rounds.command()
@asking
@_number
@limit
def show(site: ExchangeSite, number: int, limit: int) -> ToldAnswer:
    """Show one: how good it is, who is served, whom it brings together, who gets nothing and why."""
    found = site.ask(f"/rounds/{number}")
    pairs = site.ask(f"/rounds/{number}/pairs", pageSize=limit)
    left = site.ask(f"/rounds/{number}/without", pageSize=limit)
    lines = [*_told(found), "", *_pairs(pairs), "", *_without(left)]
    return {"round": found, "pairs": pairs, "without": left}, lines


@rounds.command()
@asking
@click.argument("name")
@click.argument("market")
@click.option("--group", type=NUMBER, help="The number of the working group that it is for.")
@_settings
def make(site: ExchangeSite, name: str, market: str, **said: Any) -> ToldAnswer:
    """Begin a round under a NAME in a MARKET, such as expertise. Nothing is computed or sent yet."""
    given = {"name": name, "market": market, **_given(said)}
    return _facts_of(site.send("POST", "/rounds", given))


@rounds.command()
@asking
@_number
@click.option("--name")
@_settings
def change(site: ExchangeSite, number: int, **said: Any) -> ToldAnswer:
    """Change what one says or chooses by; then it is to be computed again."""
    return _facts_of(site.send("PATCH", f"/rounds/{number}", _given(said)))


@rounds.command()
@asking
@_number
@click.argument("need", type=NUMBER)
@click.argument("offer", type=NUMBER)
@click.argument("ruling", type=click.Choice(["always", "never", "free"]))
def rule(site: ExchangeSite, number: int, need: int, offer: int, ruling: str) -> ToldAnswer:
    """Rule that a NEED and an OFFER are brought together always, never, or as the round chooses."""
    said = {"need": need, "offer": offer, "ruling": ruling}
    return _facts_of(site.send("POST", f"/rounds/{number}/rulings", said))


def _plain_deed(name: str) -> click.Command:
    """The command of a deed that is done at once."""

    def do(site: ExchangeSite, number: int) -> ToldAnswer:
        return _facts_of(_done(site, number, name))

    do.__doc__ = f"Do “{name}” with one of yours."
    return click.command(name)(asking(_number(do)))


def _working_deed(name: str, told: str) -> click.Command:
    """The command of a deed that a job of the site carries out."""

    def do(site: ExchangeSite, number: int, wait: bool) -> ToldAnswer:
        begun = _done(site, number, name)
        path = f"/rounds/{begun['id']}"
        return _facts_of(followed(site, begun, path, _RUNS) if wait else begun)

    do.__doc__ = told
    waiting = click.option(
        "--wait/--no-wait", default=True, show_default=True, help="Wait until it is done."
    )
    return click.command(name)(asking(_number(waiting(do))))


for _name in _PLAIN:
    rounds.add_command(_plain_deed(_name))
for _name, _text in _WORKING.items():
    rounds.add_command(_working_deed(_name, _text))


def _given(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, in the names of the API."""
    return {_camel(name): value for name, value in said.items() if value is not None}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _option(name: str) -> str:
    """A name of the API as options have it."""
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name)


def _done(site: ExchangeSite, number: int, deed: str) -> Any:
    return site.send("POST", f"/rounds/{number}/deeds", {"deed": deed})


def _facts_of(found: Any) -> ToldAnswer:
    return found, _told(found)


def _told(found: Any) -> list[str]:
    said = found["settings"]
    asked = [
        f"{_option(name)} {said[name]}" for name in said if said[name] not in (None, "", False, 0)
    ]
    figures = found["figures"]
    return [
        fact(say("Number"), found["id"]),
        fact(say("Name"), found["name"]),
        fact(say("State"), found["state"]),
        fact(say("Settings"), ", ".join(asked)),
        fact(say("Why"), found["why"]),
        fact(say("Do"), ", ".join(found["deeds"])),
        fact(say("Page"), found["links"]["page"]),
        *(_came_of_it(figures) if figures and figures["outcomes"] else ()),
    ]


def _came_of_it(figures: Any) -> list[str]:
    """What comes of a round, how near the best possible that is, other ways beside it, and who is served."""
    headers = (
        say("Introductions"), say("Needs"), say("Offers"), say("Lowest"), say("Together"), say("Way"),
    )  # fmt: skip
    ways = [
        (each["introductions"], each["needs"], each["offers"], share(each["lowest"]), f"{each['value']:.2f}", _way(each["way"]))
        for each in figures["outcomes"]
    ]  # fmt: skip
    kinds = [(each["needs"], each["served"], each["kind"]) for each in figures["kinds"]]
    return [
        "",
        *filter(None, [_certificate({each["way"]: each for each in figures["outcomes"]})]),
        say(
            "Chosen from %(pairs)s matches of %(needs)s needs and %(offers)s offers; %(organisations)s organisations get an introduction.",
            **{name: figures[name] for name in ("pairs", "needs", "offers", "organisations")},
        ),
        "",
        *table(headers, ways),
        "",
        *table((say("Needs"), say("Served"), say("Kind")), kinds),
    ]


def _certificate(ways: dict[str, Any]) -> str:
    """How near the best possible it is, in a sentence; nothing where that is not known."""
    now, best = ways.get("chosen"), ways.get("best")
    if now is None:
        return ""
    if now["bound"] is None:
        if not best or not best["value"]:
            return ""
        less = 100 * (1 - now["value"] / best["value"])
        return say(
            "Nobody left out has a pair that both sides would like better than theirs. It is worth %(less)s %% less than the best possible.",
            less=f"{less:.2f}",
        )
    gap = max(0.0, 1 - now["value"] / now["bound"]) if now["bound"] > 0 else 0.0
    if gap < _SURE:
        return say("Proven: within these limits no choice is worth more.")
    return say("Proven: it is at most %(gap)s %% below the best possible.", gap=f"{100 * gap:.2f}")


def _way(name: str) -> str:
    if name.startswith(_WITHOUT):
        limit = name.removeprefix(_WITHOUT)
        return say("Without %(limit)s", limit=say(_LIMITS.get(limit, limit)))
    return say(_WAYS.get(name, name))


def _pairs(found: Any) -> list[str]:
    headers = (say("Need"), say("Offer"), say("Chance"), say("Proposed"))
    rows = [
        (each["need"], each["offer"], share(each["score"]), _out(each)) for each in found["items"]
    ]
    return [say("Whom it brings together"), *table(headers, rows), *more_of(found)]


def _out(pair: Any) -> str:
    return say("Yes") if pair["proposed"] else plain(pair["refused"])


def _without(found: Any) -> list[str]:
    headers = (say("Number"), say("Kind"), say("Best there was"), say("Chance"), say("Why"))
    rows: Iterable[tuple[object, ...]] = (
        (each["listing"], each["kind"], each["best"], share(each["score"]), say(_NOTHING.get(each["reason"], each["reason"])))
        for each in found["items"]
    )  # fmt: skip
    return [say("Who gets nothing"), *table(headers, rows), *more_of(found)]
