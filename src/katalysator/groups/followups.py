"""What follows from what is done with groups, and for groups from what is done with people and organisations."""

from typing import Final

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.groups.models import GroupMembership
from katalysator.groups.queries import GroupMembershipQuerySet
from katalysator.groups.tasks import (
    mend_group,
    read_papers_soon,
    tell_holder,
    tell_leaders,
    tell_of_meeting,
    tell_person,
    tell_steward,
)

_TO_LEADERS: Final = {
    "group.propose": "proposed",
    "group.admit": "admitted",
    "group.decline": "declined",
    "group.succeed": "succeeded",
}
_TO_PERSON: Final = {
    "group-membership.invite": "invited",
    "group-membership.let-in": "let_in",
    "group-membership.decline": "not_let_in",
    "group-membership.remove": "taken_out",
}


def write_to_leaders(event: Event) -> None:
    """The bureau hears of what is proposed, the chair of what was decided."""
    _tell_leaders(_TO_LEADERS[event.verb], int(event.subject_id))


def write_that_it_rests(event: Event) -> None:
    """The bureau hears that a group rests because nobody is left; whoever lets it rest needs no letter."""
    if event.system:
        _tell_leaders("rests", int(event.subject_id))


def write_to_who_is_asked_for(event: Event) -> None:
    """The chair hears that somebody asks."""
    _tell_leaders("asks", event.after["group"])


def write_to_person(event: Event) -> None:
    """Who was invited, let in, declined or taken out hears so."""
    _tell_person(_TO_PERSON[event.verb], event)


def write_to_new_chair(event: Event) -> None:
    """Who was made the chair by somebody else hears so; who takes over gets another letter."""
    is_told = not event.system and event.actor != event.after["person"]
    if event.after["role"] == GroupMembership.Role.CHAIR and is_told:
        _tell_person("chair", event)


def write_to_members(event: Event) -> None:
    """Members hear of a meeting."""
    number = int(event.subject_id)
    defer_once(tell_of_meeting, f"tell-of-meeting-{number}", meeting_id=number)


def read_papers(event: Event) -> None:  # noqa: ARG001 — all that are new are read
    """A paper is new, or says something else."""
    read_papers_soon()


def write_to_holder(event: Event) -> None:
    """Who got a task from somebody else hears so."""
    holder = event.after.get("holder")
    if holder and holder != event.actor:
        number = int(event.subject_id)
        name = f"tell-holder-{number}-{holder}"
        defer_once(tell_holder, name, task_id=number, person_id=holder)


def write_to_steward(event: Event) -> None:
    """Who is shown as chair or contact point hears so."""
    number = int(event.subject_id)
    defer_once(tell_steward, f"tell-steward-{number}", steward_id=number)


def mend_groups_of_person(event: Event) -> None:
    """Somebody is gone, or speaks for an organisation no longer: their groups go on."""
    _mend(GroupMembership.objects.filter(person_id=int(event.subject_id)))


def mend_groups_of_organisation(event: Event) -> None:
    """An organisation takes part no longer: the groups of its people go on."""
    _mend(GroupMembership.objects.filter(organisation_id=int(event.subject_id)))


def _mend(memberships: GroupMembershipQuerySet) -> None:
    for number in memberships.values_list("group", flat=True).distinct():
        defer_once(mend_group, f"mend-group-{number}", group_id=number)


def _tell_leaders(letter: str, number: int) -> None:
    defer_once(tell_leaders, f"tell-{letter}-{number}", letter=letter, group_id=number)


def _tell_person(letter: str, event: Event) -> None:
    group, person = event.after["group"], event.after["person"]
    name = f"tell-{letter}-{group}-{person}"
    defer_once(tell_person, name, letter=letter, group_id=group, person_id=person)


follow(*_TO_LEADERS, by=write_to_leaders)
follow("group.rest", by=write_that_it_rests)
follow("group-membership.ask", by=write_to_who_is_asked_for)
follow(*_TO_PERSON, by=write_to_person)
follow("group-membership.give-role", by=write_to_new_chair)
follow("meeting.plan", "meeting.cancel", by=write_to_members)
follow("meeting.plan", "meeting.edit", "meeting.write", "decision.take", by=read_papers, once=True)
follow("group-task.add", "group-task.edit", by=write_to_holder)
follow("steward.name", by=write_to_steward)
follow("person.erase", "person.part", by=mend_groups_of_person)
follow("organisation.leave", by=mend_groups_of_organisation)
