"""The official schemas of the Dataspace Protocol 2025-1, where they are at hand."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft201909Validator
from referencing import Registry, Resource

FOLDER: Final = Path(__file__).parents[3] / "shared" / "data" / "dsp" / "2025-1"
_FILES: Final = {
    "ContractNegotiation": "negotiation/contract-negotiation",
    "ContractNegotiationError": "negotiation/contract-negotiation-error",
    "TransferProcess": "transfer/transfer-process",
    "TransferError": "transfer/transfer-error",
    "Catalog": "catalog/catalog",
    "CatalogError": "catalog/catalog-error",
    "Dataset": "catalog/dataset",
}


@cache
def _registry() -> Registry[Any]:
    found = []
    for file in FOLDER.rglob("*-schema.json"):  # three of them lack a slash
        told = json.loads(file.read_text().replace("#definitions/", "#/definitions/"))
        found.append((told["$id"], Resource.from_contents(told)))
    return Registry().with_resources(found)


def _file_of(type_: str) -> str:
    if type_ in _FILES:
        return _FILES[type_]
    words = "".join(f"-{c.lower()}" if c.isupper() else c for c in type_).lstrip("-")
    room = "transfer" if type_.startswith("Transfer") else "negotiation"
    return f"catalog/{words}" if type_.startswith("Catalog") else f"{room}/{words}"


def official(told: dict[str, Any]) -> bool:
    """Whether the official schema of its type takes something."""
    schema = _registry().contents(
        f"https://w3id.org/dspace/2025/1/{_file_of(told['@type'])}-schema.json"
    )
    return not list(Draft201909Validator(schema, registry=_registry()).iter_errors(told))
