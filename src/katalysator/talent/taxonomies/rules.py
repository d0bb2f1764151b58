"""Who may what with talent. Denied unless allowed here."""

import rules

from katalysator.coalition.rules import is_coordinator
from katalysator.talent.taxonomies.permissions import KEEP_TAXONOMIES

rules.add_perm(KEEP_TAXONOMIES, is_coordinator)
