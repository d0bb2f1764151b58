"""Who may save searches: people for themselves; and who puts the board on other sites. Denied unless allowed here."""

from typing import Final

import rules

from katalysator.coalition.rules import is_coordinator, is_oneself, manages

KEEP_SEARCH: Final = "boards.keep_search"
"""The permission to save searches of a person, and to change and drop them."""

EMBED: Final = "boards.embed_board"
"""The permission to say on which sites the board may stand for an organisation."""

rules.add_perm(EMBED, is_coordinator | manages)
rules.add_perm(KEEP_SEARCH, is_oneself)
