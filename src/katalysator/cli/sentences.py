"""Every sentence of a command in the reader's language, without Django.

Sentences are written in English where they are needed; `dutch.DUTCH` holds their translations, also
those of the errors of `katalysator.core`.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Final

from katalysator.cli.dutch import DUTCH
from katalysator.core.errors import LONGEST_PARAMETER, InvalidInput
from katalysator.core.language import Language, as_language, gettext_noop
from katalysator.core.money import Money
from katalysator.core.translated import Translated

_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_MOST_PROBLEMS: Final = 20


def language_of(environment: Mapping[str, str] = os.environ) -> Language:
    """The language that the user's environment asks for, as gettext reads it."""
    return as_language(next(filter(None, map(environment.get, _VARIABLES)), None))


def say(sentence: str, language: Language, **parameters: object) -> str:
    """The sentence in `language`, filled in."""
    text = DUTCH[sentence] if language == "nl" else sentence
    return text % {name: _shown(value, language) for name, value in parameters.items()}


def decimal(value: float, places: int, language: Language) -> str:
    """A number as the language writes it, with thousands and decimals set apart."""
    text = f"{value:,.{places}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def tell(error: InvalidInput, language: Language) -> str:
    """An error in a line: where it is, what is wrong, and how to mend it."""
    where = ", ".join(_place(place, language) for place in error.where)
    sentences = [
        say(sentence, language, **error.parameters)
        for sentence in (error.message, error.hint)
        if sentence
    ]
    return " ".join([f"{where}:", *sentences] if where else sentences)


def tell_all(problems: Sequence[InvalidInput], language: Language) -> list[str]:
    """The first problems, a line each, and how many more there are; each of them once."""
    told = list(dict.fromkeys(tell(problem, language) for problem in problems))
    lines = told[:_MOST_PROBLEMS]
    if more := len(told) - len(lines):
        lines.append(say(gettext_noop("… and %(more)s more."), language, more=more))
    return lines


def _place(place: str | int, language: Language) -> str:
    if isinstance(place, int):
        return say(gettext_noop("line %(number)s"), language, number=str(place))
    return place


def _shown(value: object, language: Language) -> str:
    """A parameter; whoever pasted a book into a cell gets its first line back."""
    if isinstance(value, tuple):
        return ", ".join(_shown(item, language) for item in value)
    text = " ".join(_in(language, value).split())
    return text if len(text) <= LONGEST_PARAMETER else text[:LONGEST_PARAMETER] + "…"


def _in(language: Language, value: object) -> str:
    """A value as the language writes it: 1.000 in Dutch is 1,000 in English."""
    match value:
        case int():
            return f"{value:,}".replace(",", "." if language == "nl" else ",")
        case Money():
            return value.format(language)
        case Translated():
            return value.in_(language)
        case _:
            return str(value)
