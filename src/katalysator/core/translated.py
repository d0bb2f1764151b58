"""Text that exists in Dutch and English, for the words of the coalition itself.

Texts of participants are not translated: they carry one language each. The database field is in
`fields.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from katalysator.core.errors import InvalidInput
from katalysator.core.language import (
    LANGUAGES,
    Language,
    active_language,
    as_language,
    gettext_noop,
)


@dataclass(frozen=True, slots=True)
class Translated:
    """One text in both languages; either may be empty."""

    nl: str = ""
    en: str = ""

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read ``{"nl": …, "en": …}``; a language may be left out."""
        if not isinstance(value, Mapping) or not set(value) <= set(LANGUAGES):
            raise _not_translated(value)
        if not all(isinstance(text, str) for text in value.values()):
            raise _not_translated(value)
        return cls(**value)

    def as_json(self) -> dict[Language, str]:
        """Return the plain form that `from_json` reads."""
        return {"nl": self.nl, "en": self.en}

    def in_(self, language: str | None) -> str:
        """Return the text in `language` (a tag such as ``nl-NL``), else in the other language."""
        dutch_first = as_language(language) == "nl"
        return self.nl or self.en if dutch_first else self.en or self.nl

    def __str__(self) -> str:
        return self.in_(active_language())

    def __bool__(self) -> bool:
        return bool(self.nl or self.en)


def _not_translated(value: object) -> InvalidInput:
    return InvalidInput(
        "translated-format",
        gettext_noop("“%(value)s” is not a text in Dutch and English."),
        hint=gettext_noop('Write it as {"nl": "…", "en": "…"}.'),
        value=value,
    )
