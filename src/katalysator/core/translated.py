"""Text that exists in several languages, for the words of the coalition itself, and its database field.

Texts of participants are not translated: they carry one language each.
"""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self

from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

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


if TYPE_CHECKING:
    _JSONField = models.JSONField[Translated, Translated]
else:
    _JSONField = models.JSONField


class TranslatedField(_JSONField):
    """A `Translated` stored as a JSON object, so that ``title__nl__icontains`` works in queries.

    With ``blank=False`` at least one language must have a text; without a text it is
    ``Translated()``, never NULL.
    """

    empty_values = [*validators.EMPTY_VALUES, Translated()]

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> Any:
        """Read the stored object; a single language (``values("title__nl")``) stays a string."""
        stored = super().from_db_value(value, expression, connection)
        return Translated(**stored) if isinstance(stored, dict) else stored

    def get_prep_value(self, value: Any) -> Any:
        """Return the JSON object to store."""
        prepared = super().get_prep_value(value)
        return prepared.as_json() if isinstance(prepared, Translated) else prepared

    def to_python(self, value: Any) -> Translated | None:
        """Accept a `Translated`, its JSON object, or that object as text."""
        if value is None or isinstance(value, Translated):
            return value
        try:
            return Translated.from_json(_decoded(value))
        except InvalidInput as error:
            raise ValidationError(str(error), code=error.code) from error

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Check as any field does, on the form that is stored."""
        plain = self.get_prep_value(value) if value else value
        super().validate(plain, model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        """Return the JSON object for fixtures."""
        return self.get_prep_value(self.value_from_object(obj))


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
