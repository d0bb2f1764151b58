"""The taxonomy that is used now, with what the coalition added, kept in each process: to be read, and never changed."""

from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Max, Subquery, Value
from django.db.models.query import QuerySet

from katalysator.engine.skills import Taxonomy, unpack
from katalysator.talent.models import KeyRedirect, LocalConcept, TaxonomyVersion
from katalysator.talent.taxonomies.additions import with_additions


class _State(NamedTuple):
    """What names a taxonomy with what was added to it: another one after every change."""

    pk: int
    digest: str
    added: Any
    changed_at: Any
    redirected: Any
    redirected_last: Any


def current_taxonomy() -> Taxonomy | None:
    """The taxonomy that is used now, None where none was taken in.

    The same object while nothing is changed. Cost: a query; unpacking once in each process.
    """
    concepts, redirects = LocalConcept.objects.all(), KeyRedirect.objects.all()
    found = (
        TaxonomyVersion.objects.current()
        .order_by()
        .values_list(
            "pk",
            "digest",
            _of_all(concepts, Count("pk")),
            _of_all(concepts, Max("changed_at")),
            _of_all(redirects, Count("pk")),
            _of_all(redirects, Max("pk")),
        )
        .first()
    )
    return _completed(_State(*found)) if found else None


@lru_cache(maxsize=2)
def taxonomy_by(digest: str) -> Taxonomy:
    """The taxonomy of a digest, as it was taken in. Raises TaxonomyVersion.DoesNotExist. Cost: as `unpack`, once in each process."""
    return unpack(
        bytes(TaxonomyVersion.objects.values_list("content", flat=True).get(digest=digest))
    )


@lru_cache(maxsize=2)
def _completed(state: _State) -> Taxonomy:
    redirects = KeyRedirect.objects.filter(taxonomy_id=state.pk).values_list("key", "to")
    return with_additions(
        taxonomy_by(state.digest), list(LocalConcept.objects.all()), dict(redirects)
    )


def _of_all(rows: QuerySet[Any], what: Any) -> Subquery:
    """One figure of all rows of another table."""
    return Subquery(
        rows.order_by().annotate(one=Value(1)).values("one").annotate(of=what).values("of")
    )
