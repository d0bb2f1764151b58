"""Who may do what with rounds. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator
from katalysator.groups.rules import powers
from katalysator.groups.workflow import CHAIR
from katalysator.rounds.models import MatchingRound
from katalysator.rounds.queries import chaired_by
from katalysator.rounds.workflow import CARRY, HOLD, MAKE


@rules.predicate
def leads_a_group(person: Person) -> bool:
    """The chair of some working group."""
    return chaired_by(person).exists()


@rules.predicate
def leads_its_group(person: Person, found: MatchingRound) -> bool:
    """The chair of the working group that a round is of."""
    return found.group is not None and CHAIR in powers(person, found.group)


rules.add_perm(MAKE, is_coordinator | leads_a_group)
rules.add_perm(HOLD, is_coordinator | leads_its_group)
rules.add_perm(CARRY, rules.always_deny)  # a job does it
