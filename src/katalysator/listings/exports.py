"""What of this room a coalition can take along."""

from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from katalysator.core.exports import PAGE, ExportedColumn, export, publish, slug_of
from katalysator.faults import gettext_noop as _
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import ListingQuerySet
from katalysator.search.models import READ, found_by

export(
    Listing,
    "listings",
    _("Needs and offers, drafts too."),
    personal=("membership",),
    own_of_people=Q(person__isnull=False),
    leave=(*READ, "best", "best_inside", "price", "pressure", "reminders"),
)


def _of(kind: Kind, stranger: AnonymousUser) -> ListingQuerySet:
    """Those of organisations: what somebody posted in own name goes with the person, and copies would not."""
    found = Listing.objects.visible_to(stranger).of_kind(kind).filter(person=None)
    found = found.select_related("organisation")
    return found.defer(*found_by("", "organisation__"))


for kind, name, about in (
    (Kind.NEED, "needs", _("What participants look for.")),
    (Kind.OFFER, "offers", _("What participants have to give.")),
):
    publish(
        name,
        about,
        partial(_of, kind),
        fields=(
            "id", "market", "block", "language", "title", "text", "areas", "areas_required", "regions", "region_required",
            "skills", "start", "end", "capacity", "min_capacity", "state", "published_at",
            "stands_until",
        ),
        more={
            "terms": ExportedColumn("object", lambda listing: listing.terms),
            "organisation": slug_of("organisation"),
            "page": PAGE,
        },
    )  # fmt: skip
