"""Introductions of the example, made through the verbs that people use, and spread over the last months."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.core.actors import EXAMPLE, Actor
from katalysator.core.language import say
from katalysator.introductions import together, verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction, Party, ThreadMessage
from katalysator.introductions.together import ResultContent
from katalysator.listings.models import Listing
from katalysator.site.demo.logins import BUREAU

_ENDS: Final = {"finish": "result", "end": "end"}
"""How the example calls what a deed tells."""
_PLACED: Final = timedelta(days=9)
_NOON: Final = time(12)


def load_introductions(
    rows: Sequence[dict[str, Any]], listings: Mapping[str, Listing], today: date
) -> str:
    """Make them; `listings` are those of the example by their keys. Returns a line of report."""
    for row in rows:
        began = timezone.now() - timedelta(days=row["days"])
        made = _proposed(row, listings)
        for slug in row.get("yes", ()):
            _answered(made, slug)
        if no := row.get("no"):
            said = {name: no[name] for name in ("reason", "remark")}
            verbs.decline(_party(made, no["from"]), by=_speaker(no["from"]), **said)
        _told(made, row, began, today)
        _dated(made, row, began)
    return say("Introductions: %(count)s.", count=len(rows))


def _proposed(row: dict[str, Any], listings: Mapping[str, Listing]) -> Introduction:
    need, offer = listings[row["need"]], listings[row["offer"]]
    sides = [MeetingSide.of(need), MeetingSide.of(offer, described=row.get("described", ""))]
    by: Actor = Person.objects.get(email=BUREAU) if row.get("by") == "bureau" else EXAMPLE
    if "by" in row and row["by"] != "bureau":
        by = _speaker(row["by"])
    return verbs.propose(sides, by=by, why=row.get("why", ""))


def _answered(made: Introduction, slug: str) -> None:
    verbs.accept(_party(made, slug), by=_speaker(slug))


def _told(made: Introduction, row: dict[str, Any], began: datetime, today: date) -> None:
    """What the parties said, planned and told, in the order in which it came."""
    if along := row.get("along"):
        joined = verbs.ask_along(made, MeetingSide(organisation=_organisation(along)), by=EXAMPLE)
        verbs.accept(joined, by=_speaker(along))
    if row.get("messages"):
        _said(made, row["messages"], began)
    if "agreed" in row:
        together.agree(made, by=EXAMPLE)
    for each in row.get("steps", ()):
        _planned(made, each, today)
    _ended(made, row, began)


def _said(made: Introduction, said: Sequence[dict[str, Any]], began: datetime) -> None:
    for each in said:
        party, at = _party(made, each["from"]), began + timedelta(days=each["after"])
        ThreadMessage.objects.create(introduction=made, party=party, text=each["text"], at=at)
    together.talk(made, by=EXAMPLE)


def _planned(made: Introduction, said: dict[str, Any], today: date) -> None:
    who = _party(made, said["who"]) if "who" in said else None
    due = today + timedelta(days=said["due"])
    step = together.plan(made, by=EXAMPLE, what=said["what"], party=who, due=due)
    if said.get("done"):
        together.tick(step, by=EXAMPLE)


def _ended(made: Introduction, row: dict[str, Any], began: datetime) -> None:
    if result := row.get("result"):
        on = (began + timedelta(days=result["after"])).date()
        content = ResultContent(outcome=result["outcome"], summary=result["summary"], on=on)
        together.finish(made, by=EXAMPLE, result=content)
    if "lesson" in row:
        together.learn(made, by=EXAMPLE, lesson=row["lesson"])
    if end := row.get("end"):
        together.stop(made, by=EXAMPLE, reason=end["reason"], remark=end["remark"])


def _dated(made: Introduction, row: dict[str, Any], began: datetime) -> None:
    """As if it began that long ago, and all of it happened when the example says; the trail says when it was made."""
    found, days = Introduction.objects.get(pk=made.pk), _days(row)
    for entry in found.happened:
        entry[1] = _day_of(began, days.get(entry[0], 1)).isoformat()
        if entry[0] == "ask-along":
            days["accept"] = days["ask-along"] + 1
    found.proposed_at = began
    found.stirred_at = _day_of(began, max(days.values()))
    found.save(update_fields=["happened", "proposed_at", "stirred_at"])
    said = found.parties.exclude(answer=Party.Answer.NONE)
    said.update(answered_at=_day_of(began, 1))
    along = said.filter(organisation__slug=row.get("along", ""))
    along.update(answered_at=_day_of(began, days["accept"]))
    _placed_before(found, began)
    for step in found.steps.filter(done_at__isnull=False):
        if step.due is not None:
            step.done_at = timezone.make_aware(datetime.combine(step.due, _NOON))
            step.save(update_fields=["done_at"])


def _days(row: dict[str, Any]) -> dict[str, int]:
    """So many days after the proposal each deed came; of the others the example says nothing: a day."""
    said = [each["after"] for each in row.get("messages", ())]
    days = {"propose": 0, "accept": 1, "talk": min(said, default=1)}
    days |= {deed: row[name]["after"] for deed, name in _ENDS.items() if name in row}
    days |= {"agree": row["agreed"]} if "agreed" in row else {}
    days |= {"ask-along": max(said, default=1) + 1} if "along" in row else {}
    days |= {"learn": max([*said, *days.values()]) + 1} if "lesson" in row else {}
    return days | {"say": max(said, default=1)}


def _placed_before(found: Introduction, began: datetime) -> None:
    """What somebody is brought together about was there before that."""
    late = Listing.objects.filter(introductions__introduction=found, published_at__gt=began)
    late.update(published_at=began - _PLACED)


def _day_of(began: datetime, after: int) -> datetime:
    """So many days after it began, though never in what is still to come."""
    return min(began + timedelta(days=after), timezone.now())


def _party(made: Introduction, slug: str) -> Party:
    found: Party = made.parties.select_related("introduction").get(organisation__slug=slug)
    return found


def _organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def _speaker(slug: str) -> Actor:
    """Who can log in for an organisation of the example; of the others nobody."""
    return Person.objects.filter(email=f"lid@{slug}.example").first() or EXAMPLE
