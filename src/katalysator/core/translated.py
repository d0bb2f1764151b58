"""Text that exists in several languages, for the words of the coalition itself.

Texts of participants are not translated: they carry one language each. The database field is in
`fields.py`.
"""

from collections.abc import Iterator, Mapping
from typing import Self

from katalysator.core.language import (
    ENGLISH,
    TEXT_LANGUAGES,
    active_language,
    as_language,
    languages,
)
from katalysator.faults import InvalidInput, gettext_noop


class Translated(Mapping[str, str]):
    """One text by language code, such as ``Translated(nl="ja", en="yes")``; empty ones are no text."""

    __slots__ = ("_texts",)

    def __init__(self, **texts: str) -> None:
        self._texts = {language: text for language, text in texts.items() if text}

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read ``{"nl": …, "en": …}``; a language may be left out."""
        if not isinstance(value, Mapping) or not set(value) <= {*languages(), *TEXT_LANGUAGES}:
            raise _not_translated(value)
        if not all(isinstance(text, str) for text in value.values()):
            raise _not_translated(value)
        return cls(**value)

    def as_json(self) -> dict[str, str]:
        """Return the plain form that `from_json` reads; Dutch and English are always there."""
        return {**dict.fromkeys(TEXT_LANGUAGES, ""), **self._texts}

    def in_(self, language: str | None) -> str:
        """Return the text in `language` (a tag such as ``nl-NL``), else in English, else in any."""
        candidates = (as_language(language), ENGLISH, *self)
        return next((self._texts[each] for each in candidates if each in self), "")

    def __getitem__(self, language: str) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(frozenset(self._texts.items()))

    def __str__(self) -> str:
        return self.in_(active_language())

    def __repr__(self) -> str:
        texts = ", ".join(f"{language}={text!r}" for language, text in self.items())
        return f"Translated({texts})"


def _not_translated(value: object) -> InvalidInput:
    return InvalidInput(
        "translated-format",
        gettext_noop("“%(value)s” is not a text in languages that we speak: %(languages)s."),
        hint=gettext_noop('Write it as {"nl": "…", "en": "…"}.'),
        value=str(value),
        languages=languages(),
    )
