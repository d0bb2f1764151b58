"""Who may do what with activities. Denied unless allowed here."""

import rules

from katalysator.activities.models import Activity, ActivityChoice, CalendarKey, Enrolment
from katalysator.activities.workflow import ENROL, FILL, HOLD, OWN, POST, UPLOAD
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.queries import speaks_for_any
from katalysator.coalition.rules import is_coordinator, speaks_for, takes_part
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.groups.models import WorkingGroup
from katalysator.groups.rows import require_running
from katalysator.groups.rules import require_power
from katalysator.groups.workflow import KEEP


@rules.predicate
def is_of_a_participant(person: Person, organisation: Organisation | None) -> bool:
    """Somebody of this organisation, which takes part."""
    return bool(organisation and organisation.is_participant and speaks_for(person, organisation))


@rules.predicate
def holds(person: Person, held: Activity | ActivityChoice) -> bool:
    """Somebody of the organisation that holds it."""
    return held.organisation_id in getattr(person, "own_organisations", ())


@rules.predicate
def may_come(person: Person, enrolment: Enrolment) -> bool:
    """Anybody with an account; somebody of a participant, where it is for participants."""
    is_for_all = enrolment.activity.visibility == Activity.Visibility.EVERYONE
    return is_for_all or speaks_for_any(person)


@rules.predicate
def is_oneself(person: Person, record: Enrolment | CalendarKey) -> bool:
    """The person whose place, or whose key, it is."""
    return bool(person.pk) and record.person_id == person.pk


rules.add_perm(POST, is_coordinator | is_of_a_participant)
rules.add_perm(UPLOAD, takes_part)
rules.add_perm(HOLD, is_coordinator | holds)
rules.add_perm(ENROL, is_oneself & may_come)
rules.add_perm(OWN, is_oneself)
rules.add_perm(FILL, rules.always_deny)  # it follows by itself


def require_holder(held: Activity | ActivityChoice, by: Actor) -> None:
    """Refuse who does not hold this. Raises NotAllowed."""
    if not permits(by, HOLD, held):
        raise NotAllowed(
            "not-your-activity",
            _("Only who holds “%(title)s” may do this."),
            title=held.title,
        )


def require_group(group: WorkingGroup | None, by: Actor, *, known: int | None = None) -> None:
    """Refuse who may not hold anything with a working group, but for the one that is `known`. Raises NotAllowed, Conflict."""
    if group and group.pk != known:
        require_power(group, by, KEEP)
        require_running(group)


def require_poster(organisation: Organisation | None, by: Actor) -> None:
    """Refuse who may not hold anything in this name. Raises NotAllowed."""
    if not permits(by, POST, organisation):
        raise NotAllowed(
            "not-your-organisation",
            _("Only people of a participant, and the bureau, hold activities."),
        )
