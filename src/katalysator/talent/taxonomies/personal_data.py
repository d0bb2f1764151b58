"""What is held of a person who keeps taxonomies and figures."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.talent.models import FigureSet, TaxonomyUpload, TaxonomyVersion


@holds("taxonomies", TaxonomyVersion, TaxonomyUpload, FigureSet)
def taxonomies_of(person: Any) -> dict[str, Any]:
    """What the person took in, and which files they gave."""
    mine = {"taken_in_by_id": person.pk}
    return {
        "versions": rows(TaxonomyVersion.objects.filter(**mine), "name", "version", "taken_in_at"),
        "files": rows(
            TaxonomyUpload.objects.filter(given_by_id=person.pk), "name", "version", "given_at"
        ),
        "figures": rows(FigureSet.objects.filter(**mine), "source", "period", "taken_in_at"),
    }
