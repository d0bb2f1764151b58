"""Django model fields for the values of the kernel."""

import json
from typing import TYPE_CHECKING, Any

from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput

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
