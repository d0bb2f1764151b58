"""Errors that speak: a code for programs, and a sentence with a hint for people.

Message and hint are English texts with named parameters (``%(name)s``), marked with `gettext_noop`.
`str(error)` translates them late, so an error raised in a background job can still be read in the
language of whoever opens it. Which HTTP status belongs to which class is not decided here.
"""

from typing import Final, Self

from katalysator.core.language import gettext_noop, translate

LONGEST_PARAMETER: Final = 80
"""Characters of a parameter that are shown; whoever pastes a book gets its first line back."""


class Msgid(str):
    """A parameter that is itself an English text, to be translated when it is shown."""

    __slots__ = ()


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
        Values for the sentences. A `Msgid` is translated, a tuple becomes a list with commas.

    """

    def __init__(self, code: str, message: str, *, hint: str = "", **parameters: object) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.hint = hint
        self.parameters = parameters

    def __str__(self) -> str:
        sentences = (self.message, self.hint)
        return " ".join(self._filled(sentence) for sentence in sentences if sentence)

    def _filled(self, sentence: str) -> str:
        shown = {name: _shown(value) for name, value in self.parameters.items()}
        return translate(sentence) % shown


class InvalidInput(KatalysatorError):  # noqa: N818
    """What was given cannot be used; `where` leads to it, from the outside in."""

    where: tuple[str | int, ...] = ()

    def at(self, place: str | int) -> Self:
        """Say where it happened: the name of a field, or the number of a line.

        Every layer adds what it knows: ``raise error.at("start")`` in the row,
        ``raise error.at(12)`` in the file gives “Line 12, start: …”.
        """
        self.where = (place, *self.where)
        return self

    def __str__(self) -> str:
        places = ", ".join(map(_place, self.where))
        return f"{places}: {self.sentence}" if places else self.sentence

    @property
    def sentence(self) -> str:
        """What is wrong and how to mend it, for who sees already where."""
        return super().__str__()


class NotAllowed(KatalysatorError):  # noqa: N818
    """The person may not do this."""


class Conflict(KatalysatorError):  # noqa: N818
    """It may be done, but not now: the record is in another state than the deed asks for."""


def _place(place: str | int) -> str:
    if isinstance(place, int):
        return translate(gettext_noop("Line %(number)d")) % {"number": place}
    return _shown(place)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(item) for item in value)
    text = translate(value) if isinstance(value, Msgid) else str(value)
    return text if len(text) <= LONGEST_PARAMETER else text[:LONGEST_PARAMETER] + "…"
