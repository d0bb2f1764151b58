"""Introductions of the example, made through the verbs that people use, and spread over the last months."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

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
    """As if it began that long ago, and the last of it happened when the example says."""
    after = [each["after"] for each in row.get("messages", ())]
    after += [row["agreed"]] if "agreed" in row else []
    after += [row[name]["after"] for name in ("result", "end") if name in row]
    last = began + timedelta(days=max(after, default=1))
    Introduction.objects.filter(pk=made.pk).update(proposed_at=began, stirred_at=last)


def _party(made: Introduction, slug: str) -> Party:
    found: Party = made.parties.select_related("introduction").get(organisation__slug=slug)
    return found


def _organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def _speaker(slug: str) -> Actor:
    """Who can log in for an organisation of the example; of the others nobody."""
    return Person.objects.filter(email=f"lid@{slug}.example").first() or EXAMPLE
