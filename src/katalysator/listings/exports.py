"""What of this room a coalition can take along."""

from django.db.models import Q

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.listings.models import Listing

export(
    Listing,
    "listings",
    _("Needs and offers, drafts too."),
    personal=("membership",),
    own_of_people=Q(person__isnull=False),
    leave=("reading", "meant", "signs", "best", "best_inside", "price", "pressure"),
)
