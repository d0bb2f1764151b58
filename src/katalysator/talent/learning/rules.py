"""Who may do what with pilots of learning. Denied unless allowed here."""

from typing import Final

import rules

from katalysator.coalition.rules import is_coordinator
from katalysator.talent.oversight.rules import speaks_for_participant

KEEP_PILOT: Final = "talent.keep_pilot"
"""What who makes a pilot and reports its people must have."""

rules.add_perm(KEEP_PILOT, is_coordinator | speaks_for_participant)
