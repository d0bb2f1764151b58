"""What becomes of listings where both organisations that merge call one by the same number of their own."""

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.listings.models import Listing


@where_both_have_one(Listing)
def one_reference(row: Listing, kept: Organisation) -> None:
    """Both stay; the second one's number gets the address of its owner of before behind it."""
    longest = Listing._meta.get_field("reference").max_length or 0
    own = f"{row.reference} {row.organisation.slug}"[: longest - 12]
    Listing.objects.filter(pk=row.pk).update(organisation=kept, reference=f"{own} {row.pk}")
