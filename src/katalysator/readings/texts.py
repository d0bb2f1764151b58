"""Letting the engine read: each text once, however many records say it; and what is usual in all of them.

Which letter groups and concepts are, is counted now and then.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from katalysator.core.changes import seldom
from katalysator.engine.arrays import Int32Array
from katalysator.engine.matching import Profile, read
from katalysator.engine.text import Embedder, Lexicon, UniversalSentenceEncoder, bundled
from katalysator.readings.models import CarefulReading, LexiconSnapshot, Reading
from katalysator.readings.thesaurus import own_concepts, thesaurus_with

READ_BY = "4"  # another number when something else is read in the same text
_BATCH = 500


def digest(profile: Profile) -> str:
    """The name of what a profile says: its words, and the way in which we read them."""
    said = "\0".join([READ_BY, profile.language, profile.title, profile.text, *profile.skills])
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def read_texts(
    profiles: Sequence[Profile], embedder: Embedder | None = None
) -> tuple[list[Reading], int]:
    """What is read in each profile, in order, and how many texts were new.

    Two at once may read the same text: the first is kept. Cost: one query, and 4 ms a new text for
    the embedder; 2 s more where it is not loaded yet.
    """
    digests = [digest(profile) for profile in profiles]
    known = known_readings(digests)
    new = {name: each for name, each in zip(digests, profiles, strict=True) if name not in known}
    if new:
        _keep(new, embedder or bundled())
        known |= known_readings(list(new))
    return [known[name] for name in digests], len(new)


def unused() -> QuerySet[Reading]:
    """Readings of texts that nobody says any more."""
    relations = Reading._meta.related_objects
    referring = [each.name for each in relations if each.related_model is not CarefulReading]
    return Reading.objects.filter(**{f"{name}__isnull": True for name in referring})


def known_readings(digests: Sequence[str], *fields: str) -> dict[str, Reading]:
    """What was read before, by the digest of its text; only some fields of it where these are named."""
    kept = Reading.objects.filter(digest__in=digests, model=UniversalSentenceEncoder.name)
    rows = kept.only(*fields) if fields else kept
    return {reading.digest: reading for reading in rows}


def _keep(new: dict[str, Profile], embedder: Embedder) -> None:
    thesaurus = lexicon().thesaurus
    found = read(list(new.values()), embedder, thesaurus=thesaurus)
    concepts = thesaurus.kept(found.concepts)
    rows = [
        Reading(
            digest=name,
            model=UniversalSentenceEncoder.name,
            meaning=found.meaning[row],
            concepts=concepts[row],
            grams=found.grams[row],
            lean=float(found.lean[row]),
        )
        for row, name in enumerate(new)
    ]
    Reading.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)


def lexicon() -> Lexicon:
    """The newest lexicon, and the thesaurus in use; before the first an empty one, and our own thesaurus.

    In an empty one all letter groups weigh the same.
    """
    return _lexicon(seldom("lexicon", _newest))


def _newest() -> int:
    """The number of the newest snapshot, 0 where there is none."""
    newest = LexiconSnapshot.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


@lru_cache(maxsize=1)
def _lexicon(number: int) -> Lexicon:
    if not number:
        return Lexicon.empty()
    row = LexiconSnapshot.objects.get(pk=number)
    thesaurus = thesaurus_with(row.own)
    concepts = np.array([row.concepts.get(each.key, 0) for each in thesaurus.concepts], np.int32)
    frequency = np.frombuffer(bytes(row.frequency), np.int32)
    return Lexicon(frequency, concepts, row.texts, thesaurus)


@transaction.atomic
def use_new_concepts() -> None:
    """Take up the concepts that the coalition has now; nothing is counted again. Cost: three queries."""
    row = LexiconSnapshot.objects.order_by("-pk").first()
    if row is None:
        renew_lexicon()
        return
    LexiconSnapshot.objects.all().delete()
    row.pk, row.own = None, own_concepts()
    row.save(force_insert=True)


@transaction.atomic
def renew_lexicon() -> int:
    """Count all letter groups and concepts again; returns the number of texts. Cost: one pass."""
    own, concepts = own_concepts(), Counter[str]()
    thesaurus = thesaurus_with(own)

    def grams() -> Iterator[Int32Array]:
        rows = Reading.objects.order_by("pk").values_list("grams", "concepts")
        for found, meant in rows.iterator(chunk_size=2_000):
            concepts.update(thesaurus.with_broader(meant))
            yield np.asarray(found, np.int32)

    counted = Lexicon.fit(grams(), np.zeros(len(thesaurus), np.int32))
    with transaction.atomic():
        LexiconSnapshot.objects.all().delete()
        LexiconSnapshot.objects.create(
            own=own,
            frequency=counted.frequency.astype(np.int32).tobytes(),
            concepts=dict(concepts),
            texts=counted.texts,
        )
    return counted.texts


def lexicon_is_stale(*, growth: float = 1.1) -> bool:
    """Whether a tenth more was read since the letter groups were counted."""
    newest = LexiconSnapshot.objects.order_by("-pk").values_list("texts", flat=True).first()
    return Reading.objects.count() > (newest or 0) * growth
