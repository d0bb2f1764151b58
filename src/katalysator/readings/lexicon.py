"""Which letter groups are usual in this coalition: counted now and then over all that was read."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from django.db import transaction

from katalysator.engine.arrays import Int32Array
from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.text import Lexicon
from katalysator.readings.models import LexiconSnapshot, Reading


def lexicon() -> Lexicon:
    """The newest lexicon; an empty one, in which all letter groups weigh the same, before the first."""
    newest = LexiconSnapshot.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Lexicon.empty() if newest is None else _lexicon(newest)


@lru_cache(maxsize=1)
def _lexicon(number: int) -> Lexicon:
    row = LexiconSnapshot.objects.get(pk=number)
    thesaurus = bundled_thesaurus()
    concepts = np.array([row.concepts.get(each.key, 0) for each in thesaurus.concepts], np.int32)
    return Lexicon(np.frombuffer(bytes(row.frequency), np.int32), concepts, row.texts)


@transaction.atomic
def renew_lexicon() -> int:
    """Count all letter groups and concepts again; returns the number of texts. Cost: one pass."""
    thesaurus, concepts = bundled_thesaurus(), Counter[str]()

    def grams() -> Iterator[Int32Array]:
        rows = Reading.objects.order_by("pk").values_list("grams", "concepts")
        for found, meant in rows.iterator(chunk_size=2_000):
            concepts.update(thesaurus.with_broader(meant))
            yield np.array(found, np.int32)

    counted = Lexicon.fit(grams(), np.zeros(len(thesaurus), np.int32))
    LexiconSnapshot.objects.all().delete()
    LexiconSnapshot.objects.create(
        frequency=counted.frequency.astype(np.int32).tobytes(),
        concepts=dict(concepts),
        texts=counted.texts,
    )
    return counted.texts


def lexicon_is_stale(*, growth: float = 1.1) -> bool:
    """Whether a tenth more was read since the letter groups were counted."""
    newest = LexiconSnapshot.objects.order_by("-pk").values_list("texts", flat=True).first()
    return Reading.objects.count() > (newest or 0) * growth
