"""Which letter groups are usual in this coalition: counted now and then over all that was read."""

from functools import lru_cache

import numpy as np
from django.db import transaction

from katalysator.engine.text import Lexicon
from katalysator.readings.models import LexiconSnapshot, Reading


def lexicon() -> Lexicon:
    """The newest lexicon; an empty one, in which all letter groups weigh the same, before the first."""
    newest = LexiconSnapshot.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Lexicon.empty() if newest is None else _lexicon(newest)


@lru_cache(maxsize=1)
def _lexicon(number: int) -> Lexicon:
    row = LexiconSnapshot.objects.get(pk=number)
    return Lexicon(np.frombuffer(bytes(row.frequency), np.int32), row.texts)


@transaction.atomic
def renew_lexicon() -> int:
    """Count all letter groups again; returns the number of texts. Cost: one pass over what was read."""
    grams = Reading.objects.order_by("pk").values_list("grams", flat=True)
    counted = Lexicon.fit(np.array(each, np.int32) for each in grams.iterator(chunk_size=2_000))
    LexiconSnapshot.objects.all().delete()
    LexiconSnapshot.objects.create(
        frequency=counted.frequency.astype(np.int32).tobytes(), texts=counted.texts
    )
    return counted.texts


def lexicon_is_stale(*, growth: float = 1.1) -> bool:
    """Whether a tenth more was read since the letter groups were counted."""
    newest = LexiconSnapshot.objects.order_by("-pk").values_list("texts", flat=True).first()
    return Reading.objects.count() > (newest or 0) * growth
