"""How long a text may be: what its column says, told in a sentence before the database refuses it."""

from django.db import models

from katalysator.cleaning import without_markup
from katalysator.faults import InvalidInput, gettext_noop


def require_short(text: str, model: type[models.Model], name: str) -> None:
    """Refuse a text that is longer than its field. Raises InvalidInput."""
    field = model._meta.get_field(name)
    most = getattr(getattr(field, "base_field", field), "max_length", None)
    if most is not None and len(text) > most:
        raise InvalidInput(
            "text-long",
            gettext_noop("This has %(length)s characters."),
            hint=gettext_noop("Use at most %(most)s."),
            length=len(text),
            most=most,
        ).at(name)


def said(text: str, missing: str, model: type[models.Model], field: str) -> str:
    """A text as it is kept. Raises InvalidInput at its field, with the sentence `missing` where it says nothing."""
    plain = without_markup(text)
    if not plain:
        raise InvalidInput(field, missing).at(field)
    require_short(plain, model, field)
    return plain
