"""The closed terms of the site's markets, which a label names as “term:choice” under `level`.

A test holds this table and the markets together; labels of other forms are levels.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from katalysator.core.translated import Translated

LEVEL: Final = "level"
"""The term of every label that names none."""

TERMS: Final[Mapping[str, Translated]] = MappingProxyType(
    {
        LEVEL: Translated("niveau", "level"),
        "work_language": Translated("werktaal", "working language"),
        "position": Translated("functie", "position"),
        "facility": Translated("voorziening", "facility"),
        "access": Translated("toegang", "access"),
        "personal": Translated("persoonsgegevens", "personal data"),
        "stage": Translated("fase", "stage"),
        "programme": Translated("programma", "programme"),
        "role": Translated("rol", "role"),
    }
)


def split(label: str) -> tuple[str, str]:
    """The term of a label and its choice; of a label without a known term: a level, and all of it."""
    term, sign, choice = label.partition(":")
    term, choice = term.strip().casefold(), choice.strip()
    return (term, choice) if sign and choice and term in TERMS else (LEVEL, label)
