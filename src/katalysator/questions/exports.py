"""What of this room a coalition can take along."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch

from katalysator.core.exports import PAGE, ExportedColumn, export, publish, slug_of
from katalysator.faults import gettext_noop as _
from katalysator.questions.models import Question, Reply, Routing
from katalysator.search.models import READ, found_by

export(
    Question,
    "questions",
    _("What was asked, in public or not."),
    leave=READ,
    personal=("asker", "email"),
)
export(Reply, "replies", _("Answers, and what was said further."), personal=("author",))
export(Routing, "routings", _("Who had a question."), personal=("sender",))


def _answer(reply: Reply) -> Mapping[str, Any]:
    giver = reply.given_for
    return {
        "at": reply.at.isoformat(),
        "given_for": giver.name if giver else "",
        "text": reply.text,
    }


publish(
    "questions",
    _("Questions that were answered in public, with the answers. Who asked is never told."),
    lambda stranger: (
        Question.objects.visible_to(stranger)
        .answered_in_public()
        .select_related("area")
        .defer(*found_by(""))
        .prefetch_related(
            Prefetch(
                "replies",
                Reply.objects.visible_to(stranger).answers().with_givers(),
                to_attr="open_answers",
            )
        )
    ),
    fields=("id", "title", "text", "text_language", "block", "asked_at", "answered_at"),
    more={
        "area": slug_of("area"),
        "answers": ExportedColumn("array", lambda asked: list(map(_answer, asked.open_answers))),
        "page": PAGE,
    },
)
