"""An organisation that is to be changed."""

from katalysator.coalition.models import Organisation
from katalysator.core import rows
from katalysator.faults import gettext_noop as _


def locked(organisation: Organisation) -> Organisation:
    """The row as it is now, kept from others. Raises Conflict where it is not there any more."""
    return rows.locked(organisation, _("This organisation is not here any more."))
