"""Who may do what with applications. Denied unless allowed here."""

import rules

from katalysator.admission.workflow import APPLY, ARRIVE, DECIDE, FORGET, OWN
from katalysator.coalition.rules import is_coordinator

rules.add_perm(DECIDE, is_coordinator)
for permission in (APPLY, ARRIVE, OWN):  # who applies has no account
    rules.add_perm(permission, rules.always_deny)
rules.add_perm(FORGET, rules.always_deny)  # the clock does it
