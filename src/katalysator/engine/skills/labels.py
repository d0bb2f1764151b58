"""Labels laid out so that the things are found that a few words mean: by their letters, and by meaning.

A thing is as near as its nearest label, as near as its names, and as near as all its labels together; and it counts how
much of the letters of the words its labels have between them, which sees through compounds. What is near everything
counts for less (Radovanovic and others, 2010).
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, NamedTuple, Protocol
from zipfile import BadZipFile

import numpy as np

from katalysator.engine.arrays import (
    Float32Array,
    Float64Array,
    Int8Array,
    Int32Array,
    Rows,
)
from katalysator.engine.skills.held_letters import HeldLetters
from katalysator.engine.skills.learned_likeness import (
    BothEncoders,
    Likeness,
    ReadLabels,
    ReadTexts,
    is_enough,
)
from katalysator.engine.skills.single_words import SingleWords
from katalysator.engine.skills.taxonomy import NamedRows
from katalysator.engine.text.embedding import Embedder
from katalysator.engine.text.one_thread import one_thread

_LOOKED_AT: Final = 100  # things of which all labels are compared
_NEAR_FOR_A_HUB: Final = 10  # texts that are nearest to a thing, which say how near it usually is
_SAMPLE: Final = 3_000  # labels that stand for all where is said what is usual
_TOGETHER: Final = 32  # texts that are compared at once
_STEPS: Final = 127  # of a number in one byte
_ARRAYS: Final = (
    "row",
    "language",
    "place",
    "vectors",
    "scale",
    "mean",
    "hub",
    "usual",
    "centre",
    "turned",
    "learned",
    "start",
    "held",
    "directions",
    "word",
    "said",
    "shared",
    "along",
)


class FinderWeights(NamedTuple):
    """How much each part of a score counts; likenesses count in spreads from what is usual."""

    label: float
    name: float
    all_labels: float
    letters: float
    hub: float


class FoundThings(NamedTuple):
    """Things that may be meant: their rows, how surely, by which of the texts, and their nearest label (row of the index)."""

    rows: Rows
    scores: Float64Array
    texts: Rows
    labels: Rows


class TextForms(Protocol):
    """What a text of a language is read as before it is compared."""

    def __call__(self, text: str, language: str) -> Sequence[str]:
        """The texts that it is read as: several, where it names several."""
        ...


@dataclass(frozen=True, eq=False)
class LabelIndex:
    """The labels (L) of things (R) with what is kept of each.

    Attributes
    ----------
    row, language, place : int (L,)
        Whose label it is, rising, in which of the languages of the taxonomy, and which of the labels there.
    vectors, scale : int8 (L, D), float32 (L,)
        Its meaning: a unit vector in bytes, and what makes it one again.
    mean : float32 (R, D)
        The middle of all labels of a thing, those too that are not kept by themselves; a unit vector.
    hub : float32 (W, R)
        How near a thing is to the texts that are nearest to it, in spreads; in each way of asking, which are as many as
        the likeness has learned, or one.
    usual : float32 (W, 2)
        Mean and spread of the likeness of a text and a label that have nothing to do with each other.
    likeness : Likeness
        How what is asked and what was laid out are compared.
    letters : HeldLetters
        Which things hold which letters.
    words : SingleWords
        How texts are looked at word by word.

    """

    size: int
    row: Rows
    language: Int8Array
    place: Int32Array
    vectors: Int8Array
    scale: Float32Array
    mean: Float32Array
    hub: Float32Array
    usual: Float32Array
    likeness: Likeness
    letters: HeldLetters
    words: SingleWords

    @classmethod
    def of(
        cls,
        things: NamedRows,
        read: TextForms,
        encoder: Embedder,
        *,
        names_only: bool,
        steps: int,
        beside: Sequence[str],
    ) -> "LabelIndex":
        """Lay out the labels of things, of which `names_only` are kept by themselves.

        `beside` are texts of the same kind that say what is near everything. What makes labels alike is learned in `steps`
        a language, where there are labels enough. Cost: a vector a label, and 20 ms of CPU a step for ESCO.
        """
        labels = list(_labels(things, read))
        texts, size = [label.text for label in labels], len(things)
        row = np.array([label.row for label in labels], np.intp)
        place = np.array([label.place for label in labels], np.int32)
        language = np.array([label.language for label in labels], np.int8)
        letters, words = HeldLetters.of(texts, row, size), SingleWords.unread()
        learns = steps > 0 and is_enough(len(labels))
        if learns:
            letters = letters.with_directions()
            words = SingleWords.of(texts, letters.lexicon, _quick(encoder))
        said = words.read(texts, letters.lexicon, _quick(encoder))
        read_as = ReadTexts(encoder.encode(texts), letters.of_labels(texts, row), said)
        likeness = (
            Likeness.of(ReadLabels(read_as, row, language), size, len(things.labels), steps)
            if learns
            else Likeness.plain(encoder.dimension)
        )
        vectors = likeness.laid(read_as)
        mean = np.zeros((size, vectors.shape[1]), np.float32)
        np.add.at(mean, row, vectors)
        mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
        mean = mean.astype(np.float16).astype(np.float32)  # as it is packed
        kept = np.flatnonzero((place == 0) | (not names_only))
        scale = np.maximum(np.abs(vectors[kept]).max(axis=1, initial=0.0), 1e-9) / _STEPS
        made = cls(
            size, row[kept], language[kept], place[kept],
            np.rint(vectors[kept] / scale[:, None]).astype(np.int8), scale.astype(np.float32),
            mean, np.zeros((1, size), np.float32), np.array([[0.0, 1.0]], np.float32), likeness, letters, words,
        )  # fmt: skip
        return made._with_what_is_usual(row, vectors, likeness.laid(made.read(beside, encoder)))

    def read(self, texts: Sequence[str], encoder: Embedder) -> ReadTexts:
        """Texts as they are compared, by the encoder that the labels were laid out with."""
        said = self.words.read(texts, self.letters.lexicon, _quick(encoder))
        return ReadTexts(encoder.encode(texts), self.letters.along(texts), said)

    def pack(self, of: str) -> bytes:
        """All of it as bytes, with what it is of; the same index gives the same."""
        file = io.BytesIO()
        told: dict[str, Any] = {
            **vars(self.letters), **vars(self.words), **vars(self.likeness), **vars(self),
        }  # fmt: skip
        told = {name: told[name] for name in _ARRAYS}
        small = {"mean": self.mean.astype(np.float16), "row": self.row.astype(np.int32)}
        np.savez(file, of=np.array(of), **{**told, **small})
        return file.getvalue()

    @classmethod
    def unpack(cls, packed: bytes, of: str) -> "LabelIndex":
        """An index out of what `pack` gave. Raises ValueError where it is something else, or of something else."""
        try:
            with np.load(io.BytesIO(packed)) as file:
                told = {name: file[name] for name in _ARRAYS}
                named = str(file["of"])
        except (KeyError, OSError, EOFError, ValueError, BadZipFile) as fault:
            raise ValueError("no packed index of labels") from fault
        if named != of:
            raise ValueError(f"an index of {named}, where one of {of} is needed")
        mean, row = told.pop("mean").astype(np.float32), told.pop("row").astype(np.intp)
        likeness = Likeness(*(told.pop(name) for name in ("centre", "turned", "learned")))
        letters = HeldLetters(
            len(mean), *(told.pop(name) for name in ("start", "held", "directions"))
        )
        words = SingleWords(*(told.pop(name) for name in ("word", "said", "shared", "along")))
        return cls(
            size=len(mean), mean=mean, row=row, likeness=likeness, letters=letters, words=words,
            **told,
        )  # fmt: skip

    def find(
        self,
        texts: Sequence[str],
        read: ReadTexts,
        worth: Float64Array,
        weights: FinderWeights,
        prior: Float64Array | float = 0.0,
        language: int = -1,
    ) -> FoundThings:
        """What any of some texts may mean, the surest first, `_LOOKED_AT` things at most.

        `read` is how the texts are read, `worth` (T,) is added to what each of them finds, and `prior` (R,) to
        each thing; `language` is that of the texts, -1 where no label is in it. Cost: .3 ms a text for ten thousand things,
        and 3 ms for what is found.
        """
        if not self.size or not texts:
            none = np.zeros(0, np.intp)
            return FoundThings(none, np.zeros(0), none, none)
        mean, spread = self.usual[self._way(language)].tolist()
        first = self._first(texts, read, worth, weights, language)
        near = weights.all_labels + weights.label + weights.name
        hub = self.hub[self._way(language)]
        best = first.scores + prior - weights.hub * hub - near * mean / spread
        count = min(_LOOKED_AT, self.size)
        chosen = np.sort(np.argpartition(-best, count - 1)[:count])
        return self._nearest(chosen, first.texts[chosen], best[chosen], first.asked, weights)

    def _way(self, language: int) -> int:
        return -1 if self.likeness.is_plain else language

    def _first(
        self,
        texts: Sequence[str],
        read: ReadTexts,
        worth: Float64Array,
        weights: FinderWeights,
        language: int,
    ) -> "_FirstSight":
        """How near each thing is at first sight to the text that it is nearest to."""
        best = np.full(self.size, -np.inf)
        by = np.zeros(self.size, np.intp)
        spread = np.float32(self.usual[self._way(language), 1])
        told_as = list[Float32Array]()
        for start in range(0, len(texts), _TOGETHER):
            some = slice(start, start + _TOGETHER)
            shares = np.stack([self.letters.share(text) for text in texts[some]])
            with one_thread():
                these = ReadTexts(*(part[some] for part in read))
                asked = self.likeness.asked(these, language) / spread
                near = weights.all_labels * (asked @ self.mean.T)
            near = near + worth[some, None] + weights.letters * shares
            which = near.argmax(axis=0)
            told = near[which, np.arange(self.size)]
            better = told > best
            best[better], by[better] = told[better], which[better] + start
            told_as.append(asked)
        return _FirstSight(best, by, np.concatenate(told_as))

    def _nearest(
        self,
        chosen: Rows,
        by: Rows,
        first: Float64Array,
        asked: Float32Array,
        weights: FinderWeights,
    ) -> FoundThings:
        """Things in order, each with its labels compared to the text that it was chosen by."""
        begin, size = self._span[chosen], self._span[chosen + 1] - self._span[chosen]
        cut = np.cumsum(size) - size
        labels = np.arange(size.sum()) + np.repeat(begin - cut, size)
        near = np.einsum(
            "ij,ij->i", self.vectors[labels].astype(np.float32), asked[np.repeat(by, size)]
        )
        near = near * self.scale[labels]
        named = np.where(self.place[labels] == 0, near, -np.inf)
        scores = first + weights.label * np.maximum.reduceat(near, cut)
        scores += weights.name * np.maximum.reduceat(named, cut)
        which = [
            start + int(near[start : start + count].argmax())
            for start, count in zip(cut.tolist(), size.tolist(), strict=True)
        ]
        order = np.argsort(-scores, kind="stable")
        return FoundThings(chosen[order], scores[order], by[order], labels[which][order])

    @cached_property
    def _span(self) -> Rows:
        """Where the labels of each thing begin, (R + 1,)."""
        return np.searchsorted(self.row, np.arange(self.size + 1)).astype(np.intp)

    def _with_what_is_usual(
        self, row: Rows, vectors: Float32Array, beside: Float32Array
    ) -> "LabelIndex":
        """The same, with what the labels themselves and the texts beside them say is usual."""
        if not len(row):
            return self
        some = np.unique(np.linspace(0, len(row) - 1, min(_SAMPLE, len(row))).astype(np.intp))
        laid, own = vectors[some], row[some]
        told = [
            self._usual(laid @ learned, laid, own, beside @ learned)
            for learned in self.likeness.learned
        ] or [self._usual(laid, laid, own, beside)]
        usual, hub = (np.array(each, np.float32) for each in zip(*told, strict=True))
        return replace(self, usual=usual, hub=hub)

    def _usual(
        self, asked: Float32Array, laid: Float32Array, own: Rows, beside: Float32Array
    ) -> tuple[tuple[float, float], Float32Array]:
        """Mean and spread of likeness, and how near each thing is to what is nearest to it, where labels are so asked."""
        with one_thread():
            among = asked @ laid.T
            near = np.vstack([asked, beside]) @ self.mean.T
        apart = own[:, None] != own
        mean, spread = (among[apart].mean(), among[apart].std()) if apart.any() else (0.0, 1.0)
        spread = max(float(spread), 1e-3)
        near[np.arange(len(own)), own] = -1.0
        count = min(_NEAR_FOR_A_HUB, len(near))
        hub = np.partition(near, len(near) - count, axis=0)[-count:].mean(axis=0)
        return (float(mean), spread), (hub - mean) / spread


def _quick(encoder: Embedder) -> Embedder:
    """The encoder that reads single words: a careful one takes long, and finds no more by them."""
    return encoder.quick if isinstance(encoder, BothEncoders) else encoder


class _FirstSight(NamedTuple):
    """How near each thing is (R,), to which of the texts, and these as they are asked."""

    scores: Float64Array
    texts: Rows
    asked: Float32Array


class _LabelAt(NamedTuple):
    row: int
    language: int
    place: int
    text: str


def _labels(things: NamedRows, read: TextForms) -> Iterator[_LabelAt]:
    """All labels by the rows of their things, each text once a language; a thing without any goes by its key."""
    for row, key in enumerate(things.keys):
        told = 0
        for number, (language, rows) in enumerate(things.labels.items()):
            seen = set[str]()
            for place, label in enumerate(rows[row]):
                for text in read(label, language) or [label]:
                    if text not in seen:
                        seen.add(text)
                        yield _LabelAt(row, number, place, text)
            told += len(seen)
        if not told:
            yield _LabelAt(row, -1, 0, key)
