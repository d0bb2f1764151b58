"""Who may do what with rounds. Denied unless allowed here."""

import rules

from katalysator.activities.models import Activity, Enrolment
from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator
from katalysator.groups.rules import powers
from katalysator.groups.workflow import CHAIR
from katalysator.rounds.meeting.workflow import HOLD_DAY, JOIN
from katalysator.rounds.models import MatchingRound, MeetingGuest, RoundOrder
from katalysator.rounds.queries import chaired_by
from katalysator.rounds.workflow import CARRY, HOLD, MAKE, SAY_ORDER


@rules.predicate
def leads_a_group(person: Person) -> bool:
    """The chair of some working group."""
    return chaired_by(person).exists()


@rules.predicate
def leads_its_group(person: Person, found: MatchingRound) -> bool:
    """The chair of the working group that a round is of."""
    return found.group is not None and CHAIR in powers(person, found.group)


@rules.predicate
def leads_the_group_of(person: Person, activity: Activity) -> bool:
    """The chair of the working group that holds an activity."""
    return activity.group is not None and CHAIR in powers(person, activity.group)


@rules.predicate
def is_oneself_with_a_place(person: Person, guest: MeetingGuest) -> bool:
    """Who takes part in talks, or wants to, and has a place at their activity."""
    mine = Enrolment.objects.seated().of(person).filter(activity=guest.day.activity_id)
    return guest.person_id == person.pk and mine.exists()


@rules.predicate
def is_of_its_listing(person: Person, order: RoundOrder) -> bool:
    """Whose need or offer it is about: not the bureau, which brings both together."""
    return order.listing.is_of(person)


rules.add_perm(MAKE, is_coordinator | leads_a_group)
rules.add_perm(HOLD, is_coordinator | leads_its_group)
rules.add_perm(CARRY, rules.always_deny)  # a job does it
rules.add_perm(HOLD_DAY, is_coordinator | leads_the_group_of)
rules.add_perm(JOIN, is_oneself_with_a_place)
rules.add_perm(SAY_ORDER, is_of_its_listing)
