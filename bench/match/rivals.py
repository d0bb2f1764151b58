"""Two ways to match without us, on the same rows; `python -m bench.match.rivals NAME NEEDS OFFERS`.

Neither knows of hard constraints: with `--constraints` they get ours for free.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bench.quality.measures import TOP
from bench.quality.sets import profiles
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import Constraints, Profile

_CHUNK: Final = 256

Scores = Callable[[Sequence[str], Sequence[str]], Iterator[FloatArray]]
"""Rows of scores (O,), one for each of the first texts against all of the second."""


def fuzzy(needs: Sequence[str], offers: Sequence[str]) -> Iterator[FloatArray]:
    """rapidfuzz: shared words, whatever their order, on all cores."""
    from rapidfuzz import fuzz, process, utils

    tidy = [utils.default_process(text) for text in offers]
    for first in range(0, len(needs), _CHUNK):
        asked = [utils.default_process(text) for text in needs[first : first + _CHUNK]]
        yield from process.cdist(
            asked, tidy, scorer=fuzz.token_set_ratio, dtype=np.float32, workers=-1
        )


def tf_idf(needs: Sequence[str], offers: Sequence[str]) -> Iterator[FloatArray]:
    """scikit-learn: cosine of weighted words and pairs of words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    weigh = TfidfVectorizer(ngram_range=(1, 2)).fit([*needs, *offers])
    asked, given = weigh.transform(needs), weigh.transform(offers).T.tocsr()
    for first in range(0, len(needs), _CHUNK):
        yield from (asked[first : first + _CHUNK] @ given).toarray()


RIVALS: Final[Mapping[str, Scores]] = {
    "rapidfuzz token_set_ratio": fuzzy,
    "scikit-learn TF-IDF": tf_idf,
}


def ranking(
    needs: Sequence[Profile], offers: Sequence[Profile], scores: Scores, *, constrained: bool
) -> dict[str, list[str]]:
    """The best offers of each need; only those that our constraints allow, if asked."""
    constraints = Constraints.between(needs, offers) if constrained else None
    rows = scores([_text(need) for need in needs], [_text(offer) for offer in offers])
    found = {}
    for number, (need, row) in enumerate(zip(needs, rows, strict=True)):
        near = np.where(constraints.allowed(number), row, -1.0) if constraints else row
        best = np.argsort(-near, kind="stable")[:TOP]
        found[need.key] = [offers[place].key for place in best if near[place] >= 0]
    return found


def _text(profile: Profile) -> str:
    return f"{profile.title} {profile.text}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.match.rivals", description=__doc__)
    parser.add_argument("name", choices=RIVALS)
    parser.add_argument("needs", type=Path)
    parser.add_argument("offers", type=Path)
    parser.add_argument("--constraints", action="store_true")
    arguments = parser.parse_args()
    needs = profiles(arguments.needs, "need")
    offers = profiles(arguments.offers, "offer")
    found = ranking(needs, offers, RIVALS[arguments.name], constrained=arguments.constraints)
    print(sum(map(len, found.values())))


if __name__ == "__main__":
    main()
