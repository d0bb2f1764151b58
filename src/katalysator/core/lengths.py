"""How long a text may be: what its column says, told in a sentence before the database refuses it."""

from django.db import models

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
