"""Who may do what with cohorts. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator, takes_part
from katalysator.talent.cohorts.workflow import CARRY_COHORT, HOLD_COHORT
from katalysator.talent.models import Cohort

MAKE_COHORT = "talent.make_cohort"


@rules.predicate
def is_of_the_employer(person: Person, cohort: Cohort) -> bool:
    """Somebody who speaks for the organisation that a cohort is of; of the bureau's own, the bureau."""
    if cohort.organisation_id is None:
        return person.is_coordinator
    return cohort.organisation_id in person.own_organisations


rules.add_perm(MAKE_COHORT, takes_part | is_coordinator)
rules.add_perm(HOLD_COHORT, is_of_the_employer)
rules.add_perm(CARRY_COHORT, rules.always_deny)  # a job does it
