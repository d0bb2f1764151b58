"""An organisation in the metadata model of AI-on-Demand (AIOD)."""

from collections.abc import Mapping
from typing import Any, Final

from katalysator.coalition.models import Organisation
from katalysator.core import aiod
from katalysator.core.language import ENGLISH

_TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("company", "sme", "startup", "scaleup", "investor"), "Company"),
    **dict.fromkeys(("university", "hbo", "mbo"), "Education Institution"),
    **dict.fromkeys(("civil", "interest", "association"), "Association"),
    "institute": "Research Institution",
}


def organisation_aiod(
    organisation: Organisation, *, page: str, areas: Mapping[str, str]
) -> dict[str, Any]:
    """An `organisation` of AIOD; `areas` are the names of areas in English. Its kind is null where AIOD has none."""
    ror = f"https://ror.org/{organisation.ror}" if organisation.ror else ""
    return {
        **aiod.resource(
            key=organisation.slug,
            name=organisation.name,
            page=page,
            text=organisation.about.in_(ENGLISH),
            sectors=[areas.get(each.pk, each.pk) for each in organisation.areas.all()],
            keywords=organisation.blocks,
            links=(organisation.website, ror),
            other_names=organisation.other_names,
            same_as=ror,
        ),
        "type": _TYPES.get(organisation.kind),
        "date_founded": None,
        "legal_name": None,
        "ai_relevance": None,
    }
