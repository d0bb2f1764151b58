"""Reading the texts of two sides: chunk by chunk, in one process or more, kept block by block."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from scipy import sparse

from katalysator.engine.concepts.thesaurus import Thesaurus, bundled_thesaurus
from katalysator.engine.matching.blocks import Arrays, Blocks, Progress
from katalysator.engine.matching.habits import Habit
from katalysator.engine.matching.profiles import Profile, TextFeatures, join, read
from katalysator.engine.matching.usual import Sample
from katalysator.engine.text import Embedder, Lexicon

BLOCK = 32_768  # profiles that are kept, and compared, together
_CHUNK = 64  # profiles that one process reads at a time

Reader = Callable[[Iterable[Sequence[Profile]]], Iterator[TextFeatures]]
"""Reads chunks of profiles, in their order."""


def here(
    embedder: Embedder, careful: Embedder | None = None, thesaurus: Thesaurus | None = None
) -> Reader:
    """A reader that works in this process."""
    return lambda chunks: (read(chunk, embedder, careful, thesaurus) for chunk in chunks)


def lexicon_of(one: "Readings", other: "Readings") -> Lexicon:
    """How rare words and concepts are in what was read. Cost: two passes; memory: a block's."""
    thesaurus = one.thesaurus
    blocks = [(side, number) for side in (one, other) for number in range(len(side.spans))]
    concepts = np.zeros(len(thesaurus), np.int32)
    for side, number in blocks:
        concepts += side.block(number).counted(thesaurus)
    grams = (each for side, number in blocks for each in side.block(number).grams)
    return Lexicon.fit(grams, concepts, thesaurus)


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read in the profiles of one side, a block at a time, for the concepts of `thesaurus`."""

    name: str
    profiles: Sequence[Profile]
    blocks: Blocks
    size: int = BLOCK
    thesaurus: Thesaurus = field(default_factory=bundled_thesaurus)

    @property
    def spans(self) -> list[slice]:
        """The rows of each block."""
        return [slice(n, n + self.size) for n in range(0, len(self.profiles), self.size)]

    def block(self, number: int) -> TextFeatures:
        """What was read in one block."""
        return _unpacked(self.blocks[self.name_of(number)], len(self.thesaurus))

    def whole(self) -> TextFeatures:
        """All of it."""
        parts = [self.block(number) for number in range(len(self.spans))]
        return join(parts, self.thesaurus)

    def sample(self) -> Sample:
        """Some of the profiles, that stand for all."""
        return Sample.of(
            self.profiles, ((span, self.block(n)) for n, span in enumerate(self.spans))
        )

    def name_of(self, number: int) -> str:
        """The name under which a block is kept."""
        return f"{self.name}-{number:03}"


def read_all(sides: Sequence[Readings], reader: Reader, progress: Progress) -> None:
    """Read what is not kept yet. Cost: the embedder's; memory: that of a block."""
    parts = [(side, n, side.profiles[span]) for side in sides for n, span in enumerate(side.spans)]
    total = sum(len(profiles) for _, _, profiles in parts)
    todo = [part for part in parts if part[0].name_of(part[1]) not in part[0].blocks]
    done = total - sum(len(profiles) for _, _, profiles in todo)
    found = reader(chunk for _, _, profiles in todo for chunk in _chunks(profiles))
    progress("read", done, total)
    for side, number, profiles in todo:
        pieces = []
        for piece in islice(found, len(_chunks(profiles))):
            pieces.append(piece)
            done += len(piece.lean)
            progress("read", done, total)
        side.blocks[side.name_of(number)] = _packed(join(pieces))


def _chunks(profiles: Sequence[Profile]) -> list[Sequence[Profile]]:
    return [profiles[first : first + _CHUNK] for first in range(0, len(profiles), _CHUNK)]


def _packed(reading: TextFeatures) -> Arrays:
    concepts = reading.concepts
    return {
        "meaning": reading.meaning,
        "careful": reading.careful,
        "concepts": concepts.data,
        "which": concepts.indices,
        "where": concepts.indptr,
        "lean": reading.lean,
        "habit": np.array(reading.habit),
        "grams": np.concatenate([np.zeros(0, np.int32), *reading.grams]),
        "ends": np.cumsum([len(grams) for grams in reading.grams], dtype=np.int64),
    }


def _unpacked(kept: Arrays, concept_count: int) -> TextFeatures:
    grams = np.split(kept["grams"], kept["ends"][:-1])
    shape = len(kept["lean"]), concept_count
    concepts = sparse.csr_array((kept["concepts"], kept["which"], kept["where"]), shape=shape)
    habit = Habit(*kept["habit"].tolist())
    return TextFeatures(
        kept["meaning"], kept["careful"], concepts, tuple(grams), kept["lean"], habit
    )
