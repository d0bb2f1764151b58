"""Who may do what with saved searches: people with their own. Denied unless allowed here."""

from typing import Final

import rules

from katalysator.coalition.rules import is_oneself

KEEP_SEARCH: Final = "boards.keep_search"
"""The permission to save searches of a person, and to change and drop them."""

rules.add_perm(KEEP_SEARCH, is_oneself)
