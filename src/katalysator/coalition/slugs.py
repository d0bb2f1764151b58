"""Addresses for new organisations, that none has or had."""

from katalysator.coalition.models import FormerSlug, Organisation
from katalysator.core import slugs


def taken_slugs() -> set[str]:
    """All addresses that organisations have or had. Cost: two queries."""
    return {
        *Organisation.objects.values_list("slug", flat=True),
        *FormerSlug.objects.values_list("slug", flat=True),
    }


def free_slug(name: str, taken: set[str]) -> str:
    """An address for an organisation of this name that is not taken; it is taken now."""
    slug = slugs.free_slug(name, otherwise="organisation", is_taken=taken.__contains__)
    taken.add(slug)
    return slug
