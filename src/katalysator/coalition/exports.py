"""What of this room a coalition can take along."""

from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.importing.models import OrganisationKey
from katalysator.coalition.models import Area, FormerSlug, Hub, Membership, Organisation, Person
from katalysator.core.exports import export
from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _
from katalysator.readings.models import CoalitionConcept

_FOUND = ("reading", "meant", "signs")
"""What search made of a record."""


def _areas(organisation: Organisation) -> list[str]:
    return sorted(area.pk for area in organisation.areas.all())


export(Coalition, "coalition", _("The coalition itself."), public=("contact", "officer"))
export(Area, "areas", _("Application areas."))
export(Hub, "hubs", _("Regional hubs, and the regions that they serve."))
export(
    Organisation,
    "organisations",
    _("Participants, and other organisations in the directory. “Upload a sheet” reads it again."),
    leave=_FOUND,
    public=("contact",),
    names={"contact": "public_contact"},
    more={"areas": _areas, "takes_part": lambda each: "yes" if each.is_participant else "no"},
    together=("areas",),
)
export(OrganisationKey, "organisation-keys", _("What organisations are called in sheets."))
export(FormerSlug, "former-addresses", _("Addresses of organisations that were merged."))
export(Person, "people", _("Who can log in."), leave=("password", "asked_email"), of_people=True)
export(
    Membership,
    "memberships",
    _("Who speaks for which organisation, and how they are shown."),
    of_people=True,
)
export(
    CoalitionConcept,
    "concepts",
    _("Concepts of the coalition, beside those of the thesaurus."),
)
export(
    Event,
    "events",
    _("The audit trail. Its chains are checked with “katalysator audit verify”, in the database."),
    personal=("actor", "personal"),
)
