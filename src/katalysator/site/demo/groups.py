"""Loads the working groups of the example, and who is chair or contact point of what."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from katalysator.coalition import verbs as coalition
from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Area, Hub, Organisation, Person
from katalysator.coalition.people.verbs import present
from katalysator.core.actors import EXAMPLE
from katalysator.core.language import say
from katalysator.groups import verbs
from katalysator.groups.facts import GroupFacts
from katalysator.groups.members import verbs as members
from katalysator.groups.models import Meeting, WorkingGroup
from katalysator.groups.papers import verbs as papers
from katalysator.groups.stewards import verbs as stewards
from katalysator.groups.todo import verbs as todo
from katalysator.site.demo.logins import BUREAU

Row = dict[str, Any]
People = dict[str, Person]
"""One of each organisation, by its slug."""


def load_groups(people: list[Row], groups: list[Row], named: list[Row]) -> str:
    """Load these people, groups and stewards; returns a line of report."""
    bureau, known = Person.objects.get(email=BUREAU), _load_people(people)
    for row in groups:
        _load_group(row, known, bureau)
    for row in named:
        _name(row, known, bureau)
    return say("Working groups: %(count)s.", count=len(groups))


def _load_people(rows: list[Row]) -> People:
    return {row["organisation"]: _person(row) for row in rows}


def _person(row: Row) -> Person:
    """The account that logs in for the organisation, or one that nobody logs in with."""
    owner = Organisation.objects.get(slug=row["organisation"])
    email = f"lid@{owner.slug}.example"
    person: Person | None = Person.objects.filter(email=email).first()
    if person is None:
        person = coalition.admit(email, by=EXAMPLE, organisation=owner)
    if "name" in row:
        membership = person.memberships.get()
        present(membership, by=person, name=row["name"], function=row["function"])
    return person


def _load_group(row: Row, people: People, bureau: Person) -> None:
    names = ("name", "enrolment", "readers")
    lists = {name: tuple(row[name]) for name in ("areas", "blocks")}
    about = {"nl": row["about_nl"].strip(), "en": row["about_en"].strip()}
    said = {name: row[name] for name in names}
    facts = GroupFacts(**said, **lists, about=about, hub=row.get("hub", ""))
    chair, state = people[row["chair"]], row.get("state", "")
    group = verbs.propose(facts, by=chair, chair=chair)
    if state == "proposed":
        return
    group = verbs.move(group, "admit", by=bureau)
    _fill(group, row, people, bureau)
    _write(group, row, people, bureau)
    if state:
        verbs.move(group, state, by=chair)


def _fill(group: WorkingGroup, row: Row, people: People, bureau: Person) -> None:
    """Members come in by the way that the group has."""
    for slug in row["members"]:
        person = people[slug]
        if row["enrolment"] == "open":
            members.enter(group, person, "join", by=person)
        elif row["enrolment"] == "request":
            asked = members.enter(group, person, "ask", by=person)
            members.move(asked, "let-in", by=bureau)
        else:
            members.move(members.invite(group, by=bureau, email=person.email), "accept", by=person)
    for slug in row.get("asks", ()):
        members.enter(group, people[slug], "ask", by=people[slug])
    if "secretary" in row:
        own = group.memberships.get(person=people[row["secretary"]])
        members.give_role(own, by=bureau, role="secretary")


def _write(group: WorkingGroup, row: Row, people: People, bureau: Person) -> None:
    held = [_meeting(group, each, bureau) for each in row.get("meeting", ())]
    today = timezone.localdate()
    for each in row.get("decision", ()):
        on, meeting = today + timedelta(days=each["days"]), held[each["meeting"]]
        papers.decide(group, by=bureau, text=each["text"], on=on, meeting=meeting)
    for each in row.get("task", ()):
        holder = people.get(each.get("holder", ""))
        own = group.memberships.get(person=holder) if holder else None
        due = today + timedelta(days=each["due"]) if "due" in each else None
        task = todo.add(group, by=bureau, what=each["what"], holder=own, due=due)
        if "state" in each:
            todo.move(task, each["state"], by=bureau)


def _meeting(group: WorkingGroup, row: Row, bureau: Person) -> Meeting:
    day = timezone.localdate() + timedelta(days=row["days"])
    starts_at = timezone.make_aware(datetime.combine(day, time(row["hour"])))
    said = {name: row[name] for name in ("place", "agenda")}
    made = papers.plan(group, by=bureau, starts_at=starts_at, **said)
    if "minutes" in row:
        made = papers.write(made, by=bureau, minutes=row["minutes"])
    return papers.move(made, "adopt", by=bureau) if row["state"] == "adopted" else made


def _name(row: Row, people: People, bureau: Person) -> None:
    corner = Corner(
        area=Area.objects.get(slug=row["area"]) if "area" in row else None,
        block=Block(row["block"]) if "block" in row else None,
        hub=Hub.objects.get(slug=row["hub"]) if "hub" in row else None,
    )
    person = people[row["organisation"]]
    membership = person.memberships.get()
    steward = stewards.name(
        corner,
        by=bureau,
        duty=row["duty"],
        organisation=membership.organisation,
        membership=membership if row.get("person") else None,
    )
    if row.get("shows"):
        stewards.show_address(steward, by=person, shows=True)
