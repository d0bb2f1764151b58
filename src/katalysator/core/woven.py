"""Texts with holes for what is of one reader, as pages and their parts are kept: compressed, and cut as seldom as may be.

What repeats in a text is compressed well only where the text stays whole. So it is cut at holes that are filled for
everybody; those on the records of a list, which hold nothing for most readers, are places in it.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Any, Final, NamedTuple

from katalysator.core.packing import PackedPiece
from katalysator.core.personal import PANEL, TEMPLATE, Hole, split

HolePlaces = Sequence[tuple[int, Hole]]
"""Holes in the order of their text, each before the character with this number."""
_ALWAYS_FILLED: Final = (TEMPLATE, PANEL)
_HOLE: Final = 60  # bytes that a hole takes between texts, about
_WITHIN: Final = 250  # that one takes within a text, with what it is about
_PIECE: Final = 200  # that a text takes beside itself
_PART: Final = 32  # that the place of a part takes with its name


class PartPlace(NamedTuple):
    """Where a part stands: its characters from `start` up to `end`, and its holes from `first` up to `last`."""

    start: int
    end: int
    first: int
    last: int


_NUMBERS: Final = len(PartPlace._fields)


@dataclass(frozen=True, slots=True)
class PartPlaces:
    """The parts of a text, in an eighth of the room: their names, equally long, and their places, side by side."""

    names: bytes
    places: "array[int]"

    @classmethod
    def of(cls, parts: Mapping[bytes, PartPlace]) -> "PartPlaces":
        """Lay them side by side."""
        return cls(b"".join(parts), array("I", chain.from_iterable(parts.values())))

    def __len__(self) -> int:
        return len(self.places) // _NUMBERS

    def __iter__(self) -> Iterator[tuple[bytes, PartPlace]]:
        count = len(self)
        length = len(self.names) // count if count else 0
        for at in range(count):
            place = self.places[at * _NUMBERS : (at + 1) * _NUMBERS]
            yield self.names[at * length : (at + 1) * length], PartPlace(*place)


@dataclass(frozen=True, slots=True)
class Woven:
    """A text, its holes, and the places of the parts that it was made of, by their names."""

    text: str
    holes: HolePlaces
    parts: Mapping[bytes, PartPlace] = field(default_factory=dict)

    def part(self, place: PartPlace) -> "Woven":
        """One of its parts."""
        within = self.holes[place.first : place.last]
        holes = [(at - place.start, hole) for at, hole in within]
        return Woven(self.text[place.start : place.end], holes)


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A part on its way into a text; its name says all that it is made of."""

    name: bytes
    made: Woven


def woven(text: str, places: Sequence[Any]) -> Woven:
    """A rendered text with what has a place in it: holes, and parts (`NamedPart`)."""
    texts, holes, parts, at = list[str](), list[tuple[int, Hole]](), dict[bytes, PartPlace](), 0
    for piece, place in zip_longest(*split(text, places)):
        texts.append(piece)
        at += len(piece)
        if isinstance(place, NamedPart):
            made, before = place.made, len(holes)
            holes += [(at + within, hole) for within, hole in made.holes]
            end = at + len(made.text)
            parts[place.name] = PartPlace(at, end, before, len(holes))
            texts.append(made.text)
            at = end
        elif place:
            holes.append((at, place))
    return Woven("".join(texts), holes, parts)


@dataclass(frozen=True, slots=True)
class Strip:
    """A text that is compressed as a whole, with holes that hold nothing for most readers."""

    whole: PackedPiece
    holes: HolePlaces

    @property
    def text(self) -> str:
        """The text without what belongs in the holes."""
        return self.whole.plain.decode()

    def filled(self, fillings: Sequence[str]) -> Iterator[PackedPiece]:
        """It with a text in each hole. Cost: nothing where all are empty; else it is compressed again."""
        if not any(fillings):
            yield self.whole
            return
        text, done = self.text, 0
        for (at, _hole), filling in zip(self.holes, fillings, strict=True):
            if filling:
                yield PackedPiece.of(text[done:at], level=1)
                yield PackedPiece.of(filling, level=1)
                done = at
        yield PackedPiece.of(text[done:], level=1)


@dataclass(frozen=True, slots=True)
class KeptText:
    """A page, or a panel of one, as it is kept: strips with holes between them, and where its parts are."""

    items: Sequence[Strip | Hole]
    parts: PartPlaces

    @classmethod
    def of(cls, made: Woven) -> "KeptText":
        """Cut a text at the holes that are always filled, and compress it."""
        items, within, done = list[Strip | Hole](), list[tuple[int, Hole]](), 0
        for at, hole in (*made.holes, (len(made.text), None)):
            if hole and hole.kind not in _ALWAYS_FILLED:
                within.append((at - done, hole))
                continue
            if at > done or within:
                items.append(Strip(PackedPiece.of(made.text[done:at]), within))
            if hole:
                items.append(hole)
            done, within = at, []
        return cls(items, PartPlaces.of(made.parts))

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        strips = [each for each in self.items if isinstance(each, Strip)]
        between, within = len(self.items) - len(strips), sum(len(each.holes) for each in strips)
        texts = sum(len(each.whole.packed) + _PIECE for each in strips)
        return texts + _HOLE * between + _WITHIN * within + _PART * len(self.parts)

    def taken_apart(self) -> dict[bytes, Woven]:
        """The parts that it was made of. Cost: .1 ms for 30 kB."""
        texts, holes, at = list[str](), list[tuple[int, Hole]](), 0
        for each in self.items:
            if isinstance(each, Hole):
                holes.append((at, each))
                continue
            texts.append(each.text)
            holes += [(at + within, hole) for within, hole in each.holes]
            at += len(texts[-1])
        whole = Woven("".join(texts), holes)
        return {name: whole.part(place) for name, place in self.parts}
