"""What is held of a person who asks, answers, or sends a question on."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.questions.models import Question, Reply, Routing


@holds("questions", Question, Reply, Routing)
def questions_of(person: Any) -> dict[str, Any]:
    """What the person asked and answered, and which questions they sent on."""
    asked = Question.objects.filter(asker_id=person.pk)
    wrote = Reply.objects.filter(author_id=person.pk)
    sent = Routing.objects.filter(sender_id=person.pk)
    return {
        "asked": rows(asked, "id", "title", "text", "state", "visibility", "asked_at"),
        "replies": rows(wrote, "question", "kind", "text", "visibility", "at"),
        "sent_on": rows(sent, "question", "routed_at", "outcome", "reason"),
    }
