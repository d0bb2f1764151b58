"""An item as schema.org describes works, for search engines: JSON-LD (schema.org 29)."""

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.utils.safestring import SafeString

from katalysator.coalition.jsonld import data_block
from katalysator.knowledge.models import KnowledgeItem, KnowledgeReview

_TYPES: Final = {
    "practice": "HowTo",
    "lesson": "Article",
    "publication": "ScholarlyArticle",
    "tool": "SoftwareApplication",
    "framework": "TechArticle",
    "course": "LearningResource",
    "answer": "Article",
}
_DESCRIBED: Final = 300  # characters


def item_data(item: KnowledgeItem, reviews: Sequence[KnowledgeReview]) -> SafeString:
    """What is stated of an item and by whom it was reviewed, as the text of a data block."""
    page = settings.ADDRESS + item.get_absolute_url()
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(item.kind, "CreativeWork"),
        "@id": page,
        "name": item.title,
        "description": item.plain_text[:_DESCRIBED],
        "inLanguage": item.language,
        "url": page,
        "sameAs": [each for each in (item.identifier_address, item.link) if each],
        "identifier": item.identifier,
        "license": item.licence_address,
        "publisher": _organisation(item.organisation.name),
        "datePublished": item.published_at and item.published_at.date().isoformat(),
        "dateModified": item.changed_at.date().isoformat(),
        "review": [_review(each) for each in reviews],
    }
    return data_block(facts)


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _review(review: KnowledgeReview) -> dict[str, Any]:
    return {
        "@type": "Review",
        "author": _organisation(review.organisation.name),
        "reviewBody": review.remark,
        "datePublished": review.moved_at.date().isoformat(),
    }
