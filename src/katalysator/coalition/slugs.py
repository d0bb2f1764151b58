"""Addresses for new organisations, that none has or had."""

from itertools import count

from django.utils.text import slugify

from katalysator.coalition.models import FormerSlug, Organisation


def taken_slugs() -> set[str]:
    """All addresses that organisations have or had. Cost: two queries."""
    return {
        *Organisation.objects.values_list("slug", flat=True),
        *FormerSlug.objects.values_list("slug", flat=True),
    }


def free_slug(name: str, taken: set[str]) -> str:
    """An address for an organisation of this name that is not taken; it is taken now."""
    wanted = slugify(name)[:70] or "organisation"
    candidates = (wanted if n == 1 else f"{wanted}-{n}" for n in count(1))
    slug = next(each for each in candidates if each not in taken)
    taken.add(slug)
    return slug
