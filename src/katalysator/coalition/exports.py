"""What of this room a coalition can take along."""

from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.importing.models import OrganisationKey
from katalysator.coalition.models import Area, FormerSlug, Hub, Membership, Organisation, Person
from katalysator.core.exports import PAGE, ExportedColumn, export, publish
from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _
from katalysator.readings.models import CoalitionConcept
from katalysator.search.models import READ

"""What search made of a record."""


def _areas(organisation: Organisation) -> list[str]:
    return sorted(area.pk for area in organisation.areas.all())


_AREAS = ExportedColumn("list", _areas)

export(Coalition, "coalition", _("The coalition itself."), public=("contact", "officer"))
export(Area, "areas", _("Application areas."))
export(Hub, "hubs", _("Regional hubs, and the regions that they serve."))
export(
    Organisation,
    "organisations",
    _("Participants, and other organisations in the directory. “Upload a sheet” reads it again."),
    leave=READ,
    public=("contact",),
    names={"contact": "public_contact"},
    more={
        "areas": _AREAS,
        "takes_part": ExportedColumn("boolean", lambda each: each.is_participant),
    },
    together=("areas",),
)
export(OrganisationKey, "organisation-keys", _("What organisations are called in sheets."))
export(FormerSlug, "former-addresses", _("Addresses of organisations that were merged."))
export(Person, "people", _("Who can log in."), leave=("password", "asked_email"), of_people=True)
export(
    Membership,
    "memberships",
    _("Who speaks for which organisation, and how they are shown."),
    leave=READ,
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

publish(
    "areas",
    _("Application areas."),
    lambda _stranger: Area.objects.all(),
    fields=("slug", "name", "position"),
)
publish(
    "hubs",
    _("Regional hubs, and the regions that they serve."),
    lambda _stranger: Hub.objects.all(),
    fields=("slug", "name", "regions", "source"),
)
publish(
    "participants",
    _("Organisations that take part, with what they say of themselves."),
    lambda stranger: (
        Organisation.objects.visible_to(stranger).participants().prefetch_related("areas")
    ),
    fields=(
        "slug", "name", "other_names", "kind", "city", "region", "kvk", "ror", "website", "about", "blocks",
        "is_founding", "joined_on", "confirmed_at",
    ),
    more={"areas": _AREAS, "page": PAGE},
)  # fmt: skip
