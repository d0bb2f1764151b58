"""The answers in a file (TOML): the names of the questions, with a text or a list of lines."""

import tomllib
from datetime import date

from katalysator.coalition.founding.questions import QUESTIONS
from katalysator.faults import InvalidInput, gettext_noop as _


def answers_in(text: str) -> dict[str, str]:
    """The answers by the names of their questions. Raises InvalidInput for what is none."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(
            "answers-format", _("This is no TOML (%(reason)s)."), reason=str(error)
        ) from None
    known = {question.name: question for question in QUESTIONS}
    for name in said:
        if name not in known:
            raise InvalidInput(
                "answers-unknown",
                _("There is no question “%(name)s”."),
                hint=_("The questions are: %(known)s."),
                name=name,
                known=tuple(known),
            )
    return {name: _answer(name, value) for name, value in said.items()}


def _answer(name: str, value: object) -> str:
    match value:
        case str():
            return value
        case date():
            return value.isoformat()
        case list() if all(isinstance(each, str) for each in value):
            return "\n".join(value)
    raise InvalidInput(
        "answers-kind",
        _("This is neither a text nor a list of texts."),
        hint=_("Put it between quotation marks."),
    ).at(name)
