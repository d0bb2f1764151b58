"""What is held of a person who shares, reviews or uses knowledge."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.knowledge.models import KnowledgeItem, KnowledgeReview, KnowledgeUse


@holds("knowledge", KnowledgeItem, KnowledgeReview, KnowledgeUse)
def knowledge_of(person: Any) -> dict[str, Any]:
    """What the person wrote, and said of what others wrote."""
    mine = {"author_id": person.pk}
    return {
        "written": rows(KnowledgeItem.objects.filter(**mine), "id", "title", "text", "state"),
        "reviews": rows(
            KnowledgeReview.objects.filter(**mine), "item", "state", "verdict", "remark"
        ),
        "uses": rows(KnowledgeUse.objects.filter(**mine), "item", "what"),
    }
