"""`katalysator talks`: one-to-one talks at an activity, for who plans them and for who takes part."""

from collections.abc import Iterator
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

_activity: Final = click.argument("activity", type=NUMBER)
_RUNS: Final = ("computing",)
_OPTIONS: Final = (
    click.option("--starts-at", help="When the first begins, such as 2027-03-02T10:00+01:00."),
    click.option("--slots", type=whole(1), help="So many talks one after another."),
    click.option("--minutes", type=whole(1), help="How long each takes."),
    click.option("--between", type=whole(0), help="Minutes from one to the next."),
    click.option("--break-after", type=whole(1), help="After which there is a break …"),
    click.option("--break-minutes", type=whole(0), help="… of so many minutes."),
    click.option("--most", type=whole(1), help="Talks for a person at most."),
    click.option("--room", "rooms", multiple=True, metavar="NAME=TABLES", help="Repeatable."),
    click.option("--only-agreed/--all-wishes", default=None, help="Only where both said yes."),
)


def _settings(command: Any) -> Any:
    """When and where talks are; what is left out is as the site has it."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.group()
def talks() -> None:
    """Talks at an activity, by its number: planned, asked for and answered (KATALYSATOR_URL, KATALYSATOR_TOKEN)."""


@talks.command()
@asking
@_activity
def show(site: ExchangeSite, activity: int) -> ToldAnswer:
    """Show when and where they are, what comes of them for who plans them, and your own."""
    day = site.ask(_of(activity))
    own = site.ask(f"{_of(activity)}/own")
    return {"talks": day, "own": own}, [*_day(day), "", *_own(own)]


@talks.command()
@asking
@_activity
@_settings
def make(site: ExchangeSite, activity: int, **said: Any) -> ToldAnswer:
    """Plan talks at an ACTIVITY; nothing is computed or sent yet."""
    return _told(site.send("POST", _of(activity), _given(said)))


@talks.command()
@asking
@_activity
@_settings
def change(site: ExchangeSite, activity: int, **said: Any) -> ToldAnswer:
    """Change when and where they are, as long as they are not published."""
    return _told(site.send("PATCH", _of(activity), _given(said)))


@talks.command()
@asking
@_activity
@click.option("--wait/--no-wait", default=True, show_default=True, help="Wait until it is done.")
def compute(site: ExchangeSite, activity: int, wait: bool) -> ToldAnswer:
    """Let a schedule be computed, and wait for what comes of it."""
    begun = _done(site, activity, "compute")
    return _told(followed(site, begun, _of(activity), _RUNS) if wait else begun)


@talks.command()
@asking
@_activity
def stop(site: ExchangeSite, activity: int) -> ToldAnswer:
    """Stop what is being computed."""
    return _told(_done(site, activity, "stop"))


@talks.command()
@asking
@_activity
def publish(site: ExchangeSite, activity: int) -> ToldAnswer:
    """Publish the schedule: everybody gets a letter."""
    return _told(_done(site, activity, "publish"))


@talks.command("take-part")
@asking
@_activity
@click.option(
    "--away",
    type=whole(0),
    multiple=True,
    help="A slot in which you are not there (from 0). Repeatable.",
)
@click.option("--most", type=whole(1), help="So many talks at most.")
def take_part(
    site: ExchangeSite, activity: int, away: tuple[int, ...], most: int | None
) -> ToldAnswer:
    """Take part, or say anew when you are there: others who take part see who you are."""
    found = site.send("PUT", f"{_of(activity)}/own", {"away": list(away), "most": most})
    return found, _own(found)


@talks.command()
@asking
@_activity
def leave(site: ExchangeSite, activity: int) -> ToldAnswer:
    """Take part no longer: whoever was to meet you gets a letter."""
    site.send("DELETE", f"{_of(activity)}/own")
    return {}, [say("You take part no longer.")]


@talks.command()
@asking
@_activity
@limit
def guests(site: ExchangeSite, activity: int, limit: int) -> ToldAnswer:
    """List whom you may still want to meet, those with a reason first."""
    found = site.ask(f"{_of(activity)}/guests", pageSize=limit)
    rows = [(each["id"], each["name"], each["reason"]) for each in found["items"]]
    headers = (say("Number"), say("Name"), say("Reason"))
    return found, [*table(headers, rows), *more_of(found)]


@talks.command()
@asking
@_activity
@limit
def wishes(site: ExchangeSite, activity: int, limit: int) -> ToldAnswer:
    """List who wants to meet you, and whom you want to meet."""
    found = site.ask(f"{_of(activity)}/wishes", pageSize=limit)
    rows = [
        (each["id"], say("Yours") if each["own"] else say("To you"), each["answer"], each["name"])
        for each in found["items"]
    ]
    headers = (say("Number"), say("Wish"), say("Answer"), say("Name"))
    return found, [*table(headers, rows), *more_of(found)]


@talks.command()
@asking
@_activity
@click.argument("guest", type=NUMBER)
def ask(site: ExchangeSite, activity: int, guest: int) -> ToldAnswer:
    """Want to meet a GUEST, by the number that `guests` gives."""
    return _wish(site.send("POST", f"{_of(activity)}/wishes", {"guest": guest}))


@talks.command("take-back")
@asking
@_activity
@click.argument("wish", type=NUMBER)
def take_back(site: ExchangeSite, activity: int, wish: int) -> ToldAnswer:
    """Take a WISH of yours back."""
    site.send("DELETE", f"{_of(activity)}/wishes/{wish}")
    return {}, [say("It is taken back.")]


@talks.command()
@asking
@_activity
@click.argument("wish", type=NUMBER)
@click.argument("said", type=click.Choice(["yes", "no"]))
def answer(site: ExchangeSite, activity: int, wish: int, said: str) -> ToldAnswer:
    """Say yes or no to a WISH of somebody to meet you."""
    return _wish(site.send("PUT", f"{_of(activity)}/wishes/{wish}/answer", {"answer": said}))


@talks.command("call-off")
@asking
@_activity
@click.argument("talk", type=NUMBER)
def call_off(site: ExchangeSite, activity: int, talk: int) -> ToldAnswer:
    """Call a TALK of yours off: the other gets a letter."""
    found = site.send("POST", f"{_of(activity)}/own/{talk}/deeds", {"deed": "call-off"})
    return found, _own(found)


def _of(activity: int) -> str:
    return f"/activities/{activity}/talks"


def _given(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, in the names of the API."""
    names = {
        "starts_at": "startsAt", "break_after": "breakAfter", "break_minutes": "breakMinutes", "only_agreed": "onlyAgreed",
    }  # fmt: skip
    rooms = [_room(each) for each in said.pop("rooms")]
    told = {names.get(name, name): value for name, value in said.items() if value is not None}
    return told | ({"rooms": rooms} if rooms else {})


def _room(said: str) -> dict[str, Any]:
    """A room with its tables. Raises BadParameter."""
    name, sign, tables = said.rpartition("=")
    if not (name and sign and tables.isdigit() and len(tables) <= 4):
        raise click.BadParameter(
            say("Write a room as NAME=TABLES, such as Zaal 1=12."), param_hint="--room"
        )
    return {"name": name, "tables": int(tables)}


def _done(site: ExchangeSite, activity: int, deed: str) -> Any:
    return site.send("POST", f"{_of(activity)}/deeds", {"deed": deed})


def _told(day: Any) -> ToldAnswer:
    return day, _day(day)


def _day(day: Any) -> list[str]:
    times = day["times"]
    rooms = ", ".join(f"{each['name']} ({each['tables']})" for each in day["rooms"])
    return [
        fact(say("Activity"), day["activity"]),
        fact(say("State"), day["state"]),
        fact(say("Talks"), len(times)),
        fact(say("From"), moment(times[0]["begins"]) if times else ""),
        fact(say("Rooms"), rooms),
        fact(say("Do"), ", ".join(day["deeds"])),
        *_came_of_it(day["figures"]),
    ]


def _came_of_it(figures: Any) -> Iterator[str]:
    """What comes of a schedule, and how near the best possible that is."""
    if figures:
        yield say(
            "%(talks)s talks: %(met)s of %(people)s people meet somebody. No other schedule could be worth more than %(gap)s more.",
            **{name: figures[name] for name in ("talks", "met", "people")},
            gap=share(figures["gap"]),
        )


def _own(own: Any) -> list[str]:
    if not own["takesPart"]:
        return [say("You do not take part.")]
    rows = [
        (each["id"], moment(each["begins"]), f"{each['room']} {each['table']}", say("Called off") if each["calledOff"] else "", each["other"])
        for each in own["items"]
    ]  # fmt: skip
    headers = (say("Number"), say("Begins"), say("Table"), say("State"), say("With"))
    return [say("Your talks"), *table(headers, rows)]


def _wish(found: Any) -> ToldAnswer:
    return found, [
        fact(say("Number"), found["id"]),
        fact(say("Name"), found["name"]),
        fact(say("Answer"), plain(found["answer"])),
    ]
