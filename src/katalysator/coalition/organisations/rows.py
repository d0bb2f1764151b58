"""Rows of organisations: taken to be changed, and checked before they are kept."""

from django.core.exceptions import ValidationError

from katalysator.coalition.models import Organisation
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _


def locked(organisation: Organisation) -> Organisation:
    """The row as it is now, kept from others. Raises Conflict where it is not there any more."""
    row: Organisation | None = (
        Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    )
    if row is None:
        raise Conflict("gone", _("This organisation is not here any more."))
    return row


def require_sound(organisation: Organisation) -> None:
    """Refuse what no row may hold: too long, twice, or not what it should be. Raises InvalidInput at its field."""
    try:
        organisation.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        fault = InvalidInput("organisation", " ".join(messages).replace("%", "%%"))
        raise fault.at(field) from error
