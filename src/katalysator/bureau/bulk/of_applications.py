"""What can be done with many applications at once. Nothing of it is undone: each who applied gets a letter."""

from collections.abc import Sequence
from typing import Final

from katalysator.admission import verbs
from katalysator.admission.models import Application
from katalysator.admission.taking_in import records_like
from katalysator.bureau.bulk.deed import Before, BulkDeed
from katalysator.coalition.models import Organisation
from katalysator.core.actors import Actor
from katalysator.faults import Conflict, gettext_noop as _


def _admit(application: Application, _value: str, by: Actor) -> Before:
    verbs.admit(application, by=by, organisation=_known(application))
    return {}


def _decline(application: Application, reason: str, by: Actor) -> Before:
    verbs.decline(application, by=by, reason=reason)
    return {}


def _known(application: Application) -> Organisation | None:
    """The record that an applicant named, where no other may be meant. Raises Conflict where somebody has to look."""
    found = list(records_like(application)[:2])
    if found and [each.pk for each in found] != [application.organisation_id]:
        raise Conflict(
            "look-first",
            _("The directory has an organisation that this may be."),
            hint=_("Decide on the page of the application."),
        )
    return found[0] if found else None


OF_APPLICATIONS: Final[Sequence[BulkDeed]] = (
    BulkDeed("admit", _("Admit"), _admit, None, about="application"),
    BulkDeed(
        "decline", _("Decline"), _decline, None,
        _("Why not?"), long=True, most=1_000, about="application",
    ),
)  # fmt: skip
