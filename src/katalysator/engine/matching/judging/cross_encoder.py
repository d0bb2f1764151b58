"""A cross-encoder in a folder as a judge: it reads two texts together, and gives no reason."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from katalysator.engine.matching.judging.instructing import is_flagged
from katalysator.engine.matching.judging.judgement import UNREADABLE, Judgement, Pair
from katalysator.engine.text import ModelFault, of_sentence_transformers
from katalysator.faults import gettext_noop as _

_STEPS: Final = (0.1, 0.5, 0.9)
"""From which chance on a pair gets a 1, a 2 and a 3."""


class CrossEncoderJudge:
    """A model of sentence-transformers that gives a pair of texts one number, or its chance.

    Needs the package sentence-transformers, and PyTorch with it. Cost: that of the model.
    """

    def __init__(self, place: str) -> None:
        self._model, self.name = of_sentence_transformers("CrossEncoder", place, num_labels=1)

    def grade(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """A judgement of each pair, by the chance that the model gives it; none for a number that is none."""
        texts = [(need.gist, offer.gist) for need, offer in pairs]
        if not texts:
            return []
        found = np.asarray(self._model.predict(texts, show_progress_bar=False), np.float64)
        if found.shape != (len(texts),):
            found = np.full(len(texts), np.nan)
        return [
            Judgement(flagged=True) if is_flagged(*pair) else self._judgement(value)
            for pair, value in zip(pairs, found.tolist(), strict=True)
        ]

    def _judgement(self, value: float) -> Judgement:
        if not 0.0 <= value <= 1.0:
            said = _("%(model)s gives a grade that is none.")
            return Judgement(fault=ModelFault(UNREADABLE, said, model=self.name))
        return Judgement(int(np.searchsorted(_STEPS, value, side="right")))
