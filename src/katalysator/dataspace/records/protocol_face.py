"""The record of a dataset as messages of the protocol carry it: the same facts as in catalogues, by the short names of DCAT."""

from typing import Any

from katalysator.dataspace.models import Dataset
from katalysator.dataspace.records.graph import dataset_address
from katalysator.dataspace.records.words import code


def described(row: Dataset) -> dict[str, Any]:
    """What a dataset is; what its record does not say is left out. Of one with its connector and organisation."""
    told: dict[str, Any] = {
        "dct:title": row.title,
        "dct:description": row.text,
        "dct:language": row.language,
        "dct:publisher": row.connector.organisation.name,
        "dct:modified": row.changed_at.isoformat(),
        "dct:accessRights": str(code("access-right", row.access)),
        "dcat:theme": str(code("data-theme", row.theme)),
        "dcat:keyword": list(row.keywords),
        "dcat:landingPage": dataset_address(row),
    }
    return {name: said for name, said in told.items() if said}
