"""E-mail addresses, as people type them."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from katalysator.faults import InvalidInput, gettext_noop


def require_email(text: str) -> None:
    """Refuse what is no e-mail address. Raises InvalidInput."""
    try:
        validate_email(text)
    except ValidationError:
        raise InvalidInput(
            "email",
            gettext_noop("“%(text)s” is not an e-mail address."),
            hint=gettext_noop("Write it as bureau@voorbeeld.nl."),
            text=text,
        ) from None
