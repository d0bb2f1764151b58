"""An organisation as schema.org describes one, for search engines: JSON-LD (schema.org 29, W3C JSON-LD 1.1)."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from katalysator.coalition.models import Organisation

_TYPES = {
    "university": "CollegeOrUniversity",
    "hbo": "CollegeOrUniversity",
    "mbo": "EducationalOrganization",
    "institute": "ResearchOrganization",
    "government": "GovernmentOrganization",
    "municipality": "GovernmentOrganization",
    "civil": "NGO",
    "interest": "NGO",
}
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def organisation_data(organisation: Organisation, address: str) -> SafeString:
    """What is stated of an organisation, as the text of a data block; `address` is that of its page."""
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(organisation.kind, "Organization"),
        "@id": address,
        "name": organisation.name,
        "alternateName": organisation.other_names,
        "description": str(organisation.about),
        "url": organisation.website,
        "email": organisation.contact,
        "address": _place(organisation),
        "identifier": _identifiers(organisation),
        "sameAs": f"https://ror.org/{organisation.ror}" if organisation.ror else "",
    }
    return data_block(facts)


def data_block(facts: Mapping[str, Any]) -> SafeString:
    """The text of a data block that states what there is of these facts; nothing in it ends the block."""
    stated = {name: value for name, value in facts.items() if value}
    return mark_safe(json.dumps(stated, ensure_ascii=False).translate(_ESCAPED))  # noqa: S308 — escaped


def _place(organisation: Organisation) -> dict[str, str]:
    place = {"addressLocality": organisation.city, "addressRegion": organisation.region_label}
    stated = {name: value for name, value in place.items() if value}
    return {"@type": "PostalAddress", **stated, "addressCountry": organisation.region[:2]}


def _identifiers(organisation: Organisation) -> list[dict[str, str]]:
    known = {"KvK": organisation.kvk, "ROR": organisation.ror}
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": value}
        for name, value in known.items()
        if value
    ]
