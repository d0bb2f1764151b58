"""Questions of the example, asked and answered through the same verbs that people use, and spread over the last weeks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from katalysator.coalition.models import Organisation, Person
from katalysator.core.actors import ASKER, EXAMPLE
from katalysator.core.language import say
from katalysator.questions import verbs
from katalysator.questions.handling import verbs as handling
from katalysator.questions.handling.verbs import Receiver
from katalysator.questions.models import Question, Reply
from katalysator.site.demo.logins import BUREAU

_SAID = ("title", "text", "area", "block")


def load_questions(rows: Sequence[dict[str, Any]]) -> str:
    """Ask and answer them; returns a line of report."""
    for row in rows:
        _date(_handled(_asked(row), row), row)
    return say("Questions: %(count)s.", count=len(rows))


def _asked(row: dict[str, Any]) -> Question:
    said = {name: row[name] for name in _SAID if name in row}
    content = verbs.QuestionContent(**said, in_public=row.get("in_public", True))
    if "by" in row:
        by = Person.objects.get(email=f"lid@{row['by']}.example")
        return verbs.ask(content, by=by, language="nl")
    made = verbs.ask(content, by=ASKER, language="nl", email=row["email"])
    return made if row.get("unconfirmed") else verbs.confirm(made, by=ASKER)


def _handled(question: Question, row: dict[str, Any]) -> Question:
    """The question after all that happened to it."""
    bureau = Person.objects.get(email=BUREAU)
    if refused := row.get("refused"):
        sent = handling.route(question, _to(refused["by"]), by=bureau)
        question = handling.pass_on(sent, by=EXAMPLE, reason=refused["reason"])
    if "to" in row:
        question = handling.route(question, _to(row["to"]), by=bureau)
    for said in row.get("answers", ()):
        by = bureau if said.get("from") == "bureau" else EXAMPLE
        in_public = row.get("in_public", True)
        reply = handling.answer(question, by=by, text=said["text"], in_public=in_public)
        question = reply.question
        if row.get("helped"):
            verbs.mark(reply, by=EXAMPLE)
    if "declined" in row:
        return handling.decline(question, by=bureau, reason=row["declined"])
    return _ended(question, row)


def _ended(question: Question, row: dict[str, Any]) -> Question:
    """What who asked did last."""
    match row.get("end"), row.get("more"):
        case "thank", _:
            return verbs.thank(question, by=EXAMPLE)
        case "withdraw", _:
            return verbs.withdraw(question, by=EXAMPLE)
        case "reopen", str(text):
            return verbs.reopen(question, by=EXAMPLE, text=text)
        case _, str(text):
            return verbs.follow_up(question, by=EXAMPLE, text=text)
    return question


def _to(slug: str) -> Receiver:
    return Receiver(organisation=Organisation.objects.get(slug=slug))


def _date(question: Question, row: dict[str, Any]) -> None:
    """As if it was asked and answered that many days ago."""
    asked = timezone.now() - timedelta(days=row["days"], hours=1)
    answered = [asked + timedelta(days=said["after"]) for said in row.get("answers", ())]
    last = max([asked, *answered])
    first = answered[0] if question.answered_at else None
    moments = {"asked_at": asked, "moved_at": last, "answered_at": first}
    Question.objects.filter(pk=question.pk).update(**moments)
    question.routings.filter(outcome="").update(routed_at=last)
    question.routings.exclude(outcome="").update(routed_at=asked, ended_at=last)
    replies = question.replies.order_by("pk").values_list("pk", flat=True)
    for number, at in zip(replies, [*answered, last], strict=False):
        Reply.objects.filter(pk=number).update(at=at)
