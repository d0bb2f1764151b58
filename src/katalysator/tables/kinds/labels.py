"""Labels, languages, yes and no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from katalysator.cleaning import without_markup
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.fields import CellKind, CellReader, Note
from katalysator.tables.kinds.sampling import ITEMS, not_understood, share
from katalysator.tables.names import words
from katalysator.tables.values.languages import read_languages
from katalysator.tables.values.lists import split_known
from katalysator.tables.values.words import read_yes


@dataclass(frozen=True, slots=True)
class LabelsIn:
    """One or several of what a room knows by name, in any language; or what else is written there.

    Parameters
    ----------
    known
        What the room calls it (one or more codes), by the names that people write.
    is_open
        Whether other labels are kept as they are written; else they are noted and left open.

    """

    known: Mapping[str, tuple[str, ...]]
    is_open: bool = True
    tells_itself: bool = False
    _by_words: dict[tuple[str, ...], tuple[str, ...]] = field(
        init=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        named = {words(name): codes for name, codes in self.known.items()}
        longest_first = sorted(named, key=len, reverse=True)
        self._by_words.update({name: named[name] for name in longest_first if name})

    def fits(self, cells: Sequence[str]) -> float:
        """Whether they are known, or short enough to be labels."""
        known = share(cells, lambda cell: bool(self._codes(cell)))
        short = share(cells, lambda cell: all(len(item.split()) <= 5 for item in ITEMS.split(cell)))
        return max(known, 0.6 * short if self.is_open else 0.0)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """The labels, each once."""
        return self._read

    def _read(self, cell: str, note: Note) -> tuple[str, ...] | None:
        if self.is_open:
            items = split_known(without_markup(cell), self._is_known)
            codes = (code for item in items for code in self._by_words.get(words(item), (item,)))
            return tuple(dict.fromkeys(codes)) or None
        found = self._codes(cell)
        if not found:
            note(
                not_understood(
                    cell,
                    _("“%(text)s” is none of the labels that are known here: left open."),
                    _("Write one of these: %(known)s."),
                    known=tuple(
                        dict.fromkeys(code for codes in self.known.values() for code in codes)
                    ),
                )
            )
        return found or None

    def _is_known(self, item: str) -> bool:
        return words(item) in self._by_words

    def _codes(self, cell: str) -> tuple[str, ...]:
        """All that is known in a cell, wherever it stands in it; a name counts for what it is the whole of."""
        said = list(words(cell))
        found: dict[str, None] = {}
        for name, codes in self._by_words.items():
            for start in range(len(said) - len(name) + 1):
                if tuple(said[start : start + len(name)]) == name:
                    said[start : start + len(name)] = [""] * len(name)
                    found.update(dict.fromkeys(codes))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Languages:
    """One or several languages, by their codes."""

    tells_itself: bool = True

    def fits(self, cells: Sequence[str]) -> float:
        """Whether languages are named in them; a yes or no may answer whether one may be spoken."""
        answered = share(cells, lambda cell: read_yes(cell) is not None)
        return max(share(cells, lambda cell: bool(read_languages(cell))), 0.45 * answered)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """The languages that are named; a yes or no names none."""
        return self._read

    def _read(self, cell: str, note: Note) -> tuple[str, ...] | None:
        found = read_languages(cell)
        if not found and read_yes(cell) is None:
            note(
                not_understood(
                    cell,
                    _("“%(text)s” names no language that we know: left open."),
                    _("Write its name or its code, such as nl or en."),
                )
            )
        return found or None


@dataclass(frozen=True, slots=True)
class YesOrNo:
    """A yes or a no."""

    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether they say yes or no."""
        return share(cells, lambda cell: read_yes(cell) is not None)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """Which of the two."""

        def read(cell: str, _note: Note) -> bool:
            if (said := read_yes(cell)) is None:
                raise InvalidInput(
                    "yes-or-no",
                    _("“%(text)s” is neither yes nor no."),
                    hint=_("Write yes or no, or leave it empty where it is not known yet."),
                    text=cell,
                )
            return said

        return read


@dataclass(frozen=True, slots=True)
class Insisted:
    """Whether a row insists on what it names in another column (True), or the list that it insists on."""

    of: CellKind
    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether they are yes and no, or read as what is insisted on."""
        return max(share(cells, lambda cell: read_yes(cell) is not None), self.of.fits(cells))

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:
        """True, the list, or nothing."""
        of_list = self.of.reader(header, cells)

        def read(cell: str, note: Note) -> Any:
            said = read_yes(cell)
            return of_list(cell, note) if said is None else said or None

        return read


@dataclass(frozen=True, slots=True)
class Unused:
    """What is known by its name to be for the keeper's own eyes."""

    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:  # noqa: ARG002
        """Whatever it holds."""
        return 0.8

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """Nothing of it."""
        return lambda _cell, _note: None
