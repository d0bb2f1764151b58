"""Texts: what tells rows apart, subjects, sentences, names, addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from katalysator.cleaning import one_line, plain_line, without_markup
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.fields import CellReader
from katalysator.tables.kinds.sampling import (
    ITEMS,
    PHRASE,
    SENTENCE,
    is_list,
    is_phrase,
    mean_words,
    share,
)
from katalysator.tables.values.people import read_emails

_LONGEST_IN_NAME: Final = 4
"""Letters of a word that may stand in a name without a capital, such as “voor”."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """What tells one row from another: short, and no two alike."""

    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether they are distinct and have few words."""
        return share(cells, lambda cell: len(cell) <= 24 and len(cell.split()) <= 3)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """As it stands."""
        return lambda cell, _note: one_line(cell)


@dataclass(frozen=True, slots=True)
class Title:
    """A subject in some words."""

    longest: int
    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether they are phrases of some words, and no lists."""
        return share(cells, lambda cell: is_phrase(cell, 2 * SENTENCE) and not is_list(cell))

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """In one line, without mark-up."""
        return lambda cell, _note: short_enough(plain_line(cell), self.longest)


@dataclass(frozen=True, slots=True)
class TitleNoName(Title):
    """A subject, under a header that may as well stand above names of people or organisations."""

    def fits(self, cells: Sequence[str]) -> float:
        """As a title; below 0 where most have no word of a sentence behind the first, as names have not."""
        return Title.fits(self, cells) + 2 * share(cells, _is_no_name) - 2


@dataclass(frozen=True, slots=True)
class LongText:
    """What somebody wrote: sentences."""

    longest: int
    tells_itself: bool = True

    def fits(self, cells: Sequence[str]) -> float:
        """Whether they are sentences, and no lists."""
        items = [len(item.split()) for cell in cells for item in ITEMS.split(cell)]
        in_long_ones = sum(count for count in items if count > PHRASE) / max(1, sum(items))
        return min(1.0, mean_words(cells) / (1.3 * SENTENCE)) * (1 + 2 * in_long_ones) / 3

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """Without mark-up; below the question that the header asks, where it asks one."""
        return lambda cell, _note: short_enough(without_markup(cell), self.longest)


@dataclass(frozen=True, slots=True)
class Name:
    """An organisation, by the name that the keeper has for it."""

    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether they are a few words, and no addresses or numbers."""
        return share(
            cells,
            lambda cell: (
                is_phrase(cell, SENTENCE) and any(map(str.isalpha, cell)) and "@" not in cell
            ),
        )

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """In one line, without mark-up."""
        return lambda cell, _note: plain_line(cell)


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address."""

    tells_itself: bool = True

    def fits(self, cells: Sequence[str]) -> float:
        """Whether addresses are found in them."""
        return share(cells, lambda cell: bool(read_emails(cell)))

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """The addresses."""
        return lambda cell, _note: read_emails(cell) or None


def _is_no_name(cell: str) -> bool:
    return any(len(word) > _LONGEST_IN_NAME and word.islower() for word in cell.split()[1:])


def short_enough(text: str, most: int) -> str:
    """The text, unless it is longer than `most` characters."""
    if len(text) > most:
        raise InvalidInput(
            "text-long",
            _("The text has %(length)s characters; %(most)s is the most."),
            hint=_("Shorten it: the first sentences decide about a match."),
            length=len(text),
            most=most,
        )
    return text
