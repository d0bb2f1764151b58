"""What tests of questions do in more files than one."""

from typing import Any

from katalysator.questions.models import Question, Reply


def the_question() -> Any:
    """The only one there is, as it is now."""
    return Question.objects.get()


def the_reply() -> Any:
    """The only one there is."""
    return Reply.objects.get()
