"""The terms of the site's markets, as a table may state them: a label is “term:choice” under `level`."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from katalysator.core.terms import Term
from katalysator.listings.market import declared

LEVEL: Final = "level"
"""The term of every label that names none."""


@cache
def terms() -> Mapping[str, Term]:
    """The hard terms of all markets by name."""
    return {name: term for each in declared() for name, term in each.hard_terms().items()}


def split(label: str) -> tuple[str, str]:
    """The term of a label and its choice; of a label without a known term: a level, and all of it."""
    term, sign, choice = label.partition(":")
    term, choice = term.strip().casefold(), choice.strip()
    is_known = term in terms() and not terms()[term].is_interval
    return (term, choice) if sign and choice and is_known else (LEVEL, label)
