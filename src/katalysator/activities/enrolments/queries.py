"""Who comes to an activity, as who holds it sees them."""

from django.db.models import Case, Prefetch, When

from katalysator.activities.models import Enrolment
from katalysator.activities.queries import EnrolmentQuerySet
from katalysator.activities.workflow import ENROLMENT
from katalysator.coalition.models import Membership, Organisation


def with_people(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Those that count and those that did, with who they are: in line first, then by how it stands."""
    members = Membership.objects.select_related("organisation").order_by("pk")
    known = Prefetch("person__memberships", members)
    rows = enrolments.select_related("person", "activity").prefetch_related(known)
    order = [When(state=state, then=place) for place, state in enumerate(ENROLMENT.states)]
    return rows.order_by(Case(*order), "turn", "pk")


def who(enrolment: Enrolment) -> tuple[str, str, list[Organisation]]:
    """The address, the name and whom they speak for, of one that is `with_people`; of who was only invited no more than the last."""
    members = list(enrolment.person.memberships.all())
    name = next((each.name for each in members if each.name), "")
    organisations = [each.organisation for each in members]
    has_asked = enrolment.turn is not None
    return (enrolment.person.email, name, organisations) if has_asked else ("", "", organisations)
