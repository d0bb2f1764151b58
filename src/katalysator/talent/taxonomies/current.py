"""The taxonomy that is used now, kept in each process: to be read, and never changed."""

from functools import lru_cache

from katalysator.engine.skills import Taxonomy, unpack
from katalysator.talent.models import TaxonomyVersion


def current_taxonomy() -> Taxonomy | None:
    """The taxonomy that is used now, None where none was taken in. Cost: a query; unpacking once in each process."""
    digest = (
        TaxonomyVersion.objects.filter(is_current=True).values_list("digest", flat=True).first()
    )
    return taxonomy_by(digest) if digest else None


@lru_cache(maxsize=2)
def taxonomy_by(digest: str) -> Taxonomy:
    """The taxonomy of a digest. Raises TaxonomyVersion.DoesNotExist. Cost: as `unpack`, once in each process."""
    return unpack(
        bytes(TaxonomyVersion.objects.values_list("content", flat=True).get(digest=digest))
    )
