"""Few texts, read in one process: the careful encoder, which takes longest, works ahead in threads."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import chain

import numpy as np

from katalysator.engine.arrays import Float32Array
from katalysator.engine.concepts.thesaurus import Thesaurus
from katalysator.engine.matching.profiles import Profile, TextFeatures, read
from katalysator.engine.matching.reading import Reader
from katalysator.engine.text import READ_TOGETHER, Embedder, bundled


def read_ahead(
    careful: Embedder,
    threads: int,
    thesaurus: Thesaurus | None = None,
    quick: Callable[[], Embedder] = bundled,
) -> Reader:
    """A reader for a few hundred profiles; every bit is as in one thread.

    `careful` may be asked by many threads at once, and is busy while the quick encoder loads. Where the
    work is broken off, what has not begun is not done. Cost: that of reading, shared by the threads.
    """

    def reads(chunks: Iterable[Sequence[Profile]]) -> Iterator[TextFeatures]:
        known = list(chunks)
        pool = ThreadPoolExecutor(threads)
        try:
            coming = _Coming(careful, [each.gist for each in chain(*known)], pool)
            for chunk in known:
                yield read(chunk, quick(), coming, thesaurus)
        finally:
            pool.shutdown(cancel_futures=True)

    return reads


class _Coming:
    """An encoder of texts that were told before: it waits for what is on its way."""

    def __init__(self, encoder: Embedder, texts: Iterable[str], pool: Executor) -> None:
        self.name, self.dimension = encoder.name, encoder.dimension
        self._found: dict[str, tuple[Future[Float32Array], int]] = {}
        longest_first = sorted(dict.fromkeys(texts), key=len, reverse=True)
        for start in range(0, len(longest_first), READ_TOGETHER):
            some = longest_first[start : start + READ_TOGETHER]
            vectors = pool.submit(encoder.encode, some)
            self._found |= {text: (vectors, row) for row, text in enumerate(some)}

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors of some of the texts, float32 of shape (len(texts), dimension)."""
        found = np.zeros((len(texts), self.dimension), np.float32)
        for place, text in enumerate(texts):
            vectors, row = self._found[text]
            found[place] = vectors.result()[row]
        return found
