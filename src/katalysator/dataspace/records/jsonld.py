"""A dataset as schema.org describes one, for search engines that look for data: JSON-LD (schema.org 29)."""

from typing import Any, Final

from django.utils.safestring import SafeString

from katalysator.coalition.jsonld import data_block
from katalysator.core import regions
from katalysator.dataspace.models import Dataset
from katalysator.dataspace.records.graph import dataset_address, licence_address

_DESCRIBED: Final = 5_000  # characters: what search engines read
_OPEN: Final = "PUBLIC"


def dataset_data(dataset: Dataset) -> SafeString:
    """What is stated of a dataset that is published, as the text of a data block; of one with its connector, organisation and versions."""
    own, organisation = dataset_address(dataset), dataset.connector.organisation
    newest = next(iter(dataset.versions.all()), None)
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": own,
        "name": dataset.title,
        "description": (dataset.text or dataset.title)[:_DESCRIBED],
        "inLanguage": dataset.language,
        "url": own,
        "identifier": dataset.key,
        "keywords": list(dataset.keywords),
        "license": licence_address(dataset),
        "isAccessibleForFree": dataset.access == _OPEN or None,
        "version": newest.number if newest else None,
        "publisher": {"@type": "Organization", "name": organisation.name},
        "creator": {"@type": "Organization", "name": dataset.creator or organisation.name},
        "spatialCoverage": regions.name(dataset.region, dataset.language) or None,
        "temporalCoverage": _period(dataset),
        "datePublished": dataset.made_at.date().isoformat(),
        "dateModified": dataset.changed_at.date().isoformat(),
        "encodingFormat": _kind(dataset),
    }
    return data_block(facts)


def _period(dataset: Dataset) -> str | None:
    """A period in ISO 8601, open where a side is."""
    begins, ends = (
        each.isoformat() if each else ".." for each in (dataset.begins_on, dataset.ends_on)
    )
    return None if begins == ends == ".." else f"{begins}/{ends}"


def _kind(dataset: Dataset) -> str | None:
    source = getattr(dataset, "source", None)
    return source.media_type if source else None
