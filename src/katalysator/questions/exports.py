"""What of this room a coalition can take along."""

from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _
from katalysator.questions.models import Question, Reply, Routing

export(
    Question,
    "questions",
    _("What was asked, in public or not."),
    leave=("reading", "meant", "signs"),
    personal=("asker", "email"),
)
export(Reply, "replies", _("Answers, and what was said further."), personal=("author",))
export(Routing, "routings", _("Who had a question."), personal=("sender",))
