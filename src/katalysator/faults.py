"""What went wrong, for programs and for people: a code, a place, a sentence and what mends it.

A leaf that every room may import, the engine too: it knows no catalogue and no Django. Sentences are
English with named values (``%(name)s``), marked with `gettext_noop`. `str(fault)` puts them in words
late, so that a fault of a background job can still be read in the language of whoever opens it.
"""

from collections.abc import Callable
from typing import ClassVar, Self


def gettext_noop(msgid: str) -> str:
    """Mark an English text for the translators, and return it as it is."""
    return msgid


def _plainly(sentence: str, **values: object) -> str:
    """The sentence as it was written: in English, for who uses the engine alone."""
    return sentence % values


class KatalysatorError(Exception):
    """Base of every error that a person may get to read.

    Parameters
    ----------
    code
        Kebab-case name of what went wrong, stable across versions.
    message
        What is wrong: an English sentence with ``%(name)s`` for its parameters.
    hint
        How to mend it: a further sentence with the same parameters.
    parameters
        What the sentences are filled with; `core.language.say` shows each in the reader's language.

    """

    say: ClassVar[Callable[..., str]] = staticmethod(_plainly)
    """Puts a sentence in words; `core.language` sets it for the whole house."""

    def __init__(self, code: str, message: str, *, hint: str = "", **parameters: object) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.hint = hint
        self.parameters = parameters

    def __str__(self) -> str:
        sentences = filter(None, (self.message, self.hint))
        return " ".join(self.say(sentence, **self.parameters) for sentence in sentences)


class InvalidInput(KatalysatorError):  # noqa: N818
    """What was given cannot be used; `where` leads to it, from the outside in."""

    where: tuple[object, ...] = ()

    def at(self, place: object) -> Self:
        """Say where it happened: the name of a file or a field, or the number of a line.

        Every layer adds what it knows: ``raise error.at("start")`` in the row,
        ``raise error.at(12)`` in the file gives “Line 12, start: …”.
        """
        self.where = (place, *self.where)
        return self

    def without_place(self) -> Self:
        """The same fault, of which the reader sees where it happened in another way."""
        return type(self)(self.code, self.message, hint=self.hint, **self.parameters)

    def __str__(self) -> str:
        places = self.place
        if self.where and isinstance(self.where[0], int):
            places = places[:1].upper() + places[1:]
        return f"{places}: {self.sentence}" if places else self.sentence

    @property
    def place(self) -> str:
        """Where it is, in words."""
        return ", ".join(map(self._named, self.where))

    @property
    def sentence(self) -> str:
        """What is wrong and how to mend it, for who sees already where."""
        return super().__str__()

    def _named(self, place: object) -> str:
        if not isinstance(place, int):
            return str(place)
        return self.say(gettext_noop("line %(number)s"), number=str(place))


class Refused(Exception):  # noqa: N818
    """The work cannot be done; `problems` says all that stands in its way, found in one go."""

    def __init__(self, *problems: InvalidInput) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class NotAllowed(KatalysatorError):  # noqa: N818
    """The person may not do this."""


class Conflict(KatalysatorError):  # noqa: N818
    """It may be done, but not now: the record is in another state than the deed asks for."""
