"""Where texts come into `questions`: forms, and verbs."""

from typing import Any

from django import forms

from katalysator.questions import verbs as question_verbs
from katalysator.questions.forms import (
    AnswerForm,
    MoreForm,
    QuestionForm,
    RouteForm,
    WhyNotForm,
)
from katalysator.questions.handling import verbs as handling
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    return {
        QuestionForm: [QuestionForm(with_address=True)],
        MoreForm: [MoreForm()],
        AnswerForm: [AnswerForm(may_be_public=True)],
        WhyNotForm: [WhyNotForm()],
        RouteForm: [RouteForm(question=builders.question())],
    }


def _ask_coalition(text: str) -> Any:
    return builders.question(title=text, text=text)


def _answer(text: str) -> Any:
    return builders.reply(text=text)


def _refuse(text: str) -> Any:
    asked = builders.question("with")
    handling.pass_on(asked, by=builders.HOUSE, reason=text)
    return asked.routings.get()


def _ask_more(text: str) -> Any:
    asked = builders.question("with")
    question_verbs.follow_up(asked, by=builders.HOUSE, text=text)
    return asked.replies.get()


DOORS = [
    Door(_ask_coalition, "title text", needed=True, too_long=200),
    Door(_answer, "text", needed=True, too_long=8_100),
    Door(_refuse, "reason", needed=True, too_long=1_100),
    Door(_ask_more, "text", needed=True, too_long=8_100),
]
