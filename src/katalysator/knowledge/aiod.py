"""Knowledge in the metadata model of AI-on-Demand (AIOD): publications, and what is taught with."""

from collections.abc import Mapping
from typing import Any

from katalysator.core import aiod
from katalysator.core.identifiers import work_address
from katalysator.core.markdown import as_text
from katalysator.knowledge.models import KnowledgeItem


def publication_aiod(item: KnowledgeItem, *, page: str, areas: Mapping[str, str]) -> dict[str, Any]:
    """A `publication` of AIOD; `areas` are the names of areas in English."""
    kind, _colon, number = item.identifier.partition(":")
    return {
        **_resource(item, page, areas),
        "permanent_identifier": work_address(item.identifier) or None,
        "isbn": number if kind == "isbn" else None,
        "issn": None,
        "license": item.licence_address or None,
        "version": None,
        "is_accessible_for_free": None,
        "type": None,
    }


def educational_resource_aiod(
    item: KnowledgeItem, *, page: str, areas: Mapping[str, str]
) -> dict[str, Any]:
    """An `educational_resource` of AIOD."""
    return {
        **_resource(item, page, areas),
        "type": None,
        "pace": None,
        "time_required": None,
        "access_mode": [],
        "educational_level": [],
        "in_language": [aiod.LANGUAGES[item.language]],
        "location": [],
        "prerequisite": [],
        "target_audience": [],
    }


def _resource(item: KnowledgeItem, page: str, areas: Mapping[str, str]) -> dict[str, Any]:
    keywords = [each for each in (item.stage, *item.blocks) if each]
    return aiod.resource(
        key=str(item.pk),
        name=item.title,
        page=page,
        text=as_text(item.text),
        sectors=[areas.get(each, each) for each in item.areas],
        keywords=keywords,
        links=(item.link, work_address(item.identifier)),
        published_at=item.published_at,
    )
