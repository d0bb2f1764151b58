"""What can be asked about versions of taxonomies and of files that wait to become one."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from katalysator.talent.models import TaxonomyUpload, TaxonomyVersion  # noqa: F401 — named in the bases


class TaxonomyVersionQuerySet(models.QuerySet["TaxonomyVersion"]):
    """Versions of taxonomies, which anybody may know of."""

    def told(self) -> Self:
        """Without what they hold, which is megabytes of each."""
        return self.defer("content").select_related("taken_in_by")

    def current(self) -> Self:
        """The one that is used."""
        return self.filter(is_current=True)


class TaxonomyUploadQuerySet(models.QuerySet["TaxonomyUpload"]):
    """Files of taxonomies that were given."""

    def visible_to(self, person: Any) -> Self:
        """All of them, for the bureau."""
        return self.defer("content") if getattr(person, "is_coordinator", False) else self.none()
