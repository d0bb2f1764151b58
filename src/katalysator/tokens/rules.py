"""Who may do what with tokens: people with their own. Denied unless allowed here."""

import rules

from katalysator.coalition.rules import is_oneself

KEEP = "tokens.keep_token"
"""The permission to make tokens of a person, and to end them."""

rules.add_perm(KEEP, is_oneself)
