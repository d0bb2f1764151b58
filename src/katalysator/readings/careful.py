"""The slower encoder that an operator chose: what it reads, and which one serves.

What it reads belongs to it: numbers of two encoders are never compared.
"""

import logging
from collections.abc import Collection, Sequence

import numpy as np
from django.conf import settings
from django.db import transaction

from katalysator.engine.arrays import Float32Array
from katalysator.engine.matching import Profile, habit_of
from katalysator.engine.text import Embedder, EncoderChoice, ModelFault
from katalysator.faults import gettext_noop as _
from katalysator.readings.models import CarefulEncoder, CarefulReading
from katalysator.readings.texts import digest, known_readings

_BATCH = 500
_log = logging.getLogger(__name__)


def wanted() -> EncoderChoice:
    """What the operator asks for."""
    return EncoderChoice(settings.CAREFUL, settings.MODEL_KEY)


def serving() -> CarefulEncoder | None:
    """The encoder that scores go by now; None before the first has read anything."""
    return CarefulEncoder.objects.filter(serves=True).first()


def registered(encoder: Embedder) -> CarefulEncoder:
    """The row of an encoder; the first there is serves at once. Cost: measuring its habit, once.

    Refused where it has another number of dimensions than before.
    """
    known = CarefulEncoder.objects.filter(name=encoder.name).first()
    if known is not None and known.dimension != encoder.dimension:
        raise ModelFault(
            "model-changed",
            _("%(model)s has %(now)s dimensions, and had %(before)s: it is another model."),
            hint=_("Give it another name, or ask for another one until tomorrow."),
            model=encoder.name,
            now=encoder.dimension,
            before=known.dimension,
        )
    if known is not None:
        return known
    about = {"dimension": encoder.dimension, **habit_of(encoder)._asdict()}
    with transaction.atomic():
        is_first = not CarefulEncoder.objects.select_for_update().exists()
        return CarefulEncoder.objects.create(name=encoder.name, serves=is_first, **about)


def read_carefully(profiles: Sequence[Profile], encoder: Embedder) -> int:
    """Let an encoder read what it has not; returns how many texts that were.

    For profiles that were read already. Two at once may read the same text: the first is kept. Cost:
    .25 s a text of 400 characters for the one that comes along.
    """
    row = registered(encoder)
    by_digest = {digest(profile): profile for profile in profiles}
    known = {reading.pk: reading for reading in known_readings(list(by_digest)).values()}
    done = row.readings.filter(reading__in=known).values_list("reading", flat=True)
    unread = [known[pk] for pk in sorted(set(known).difference(done))]
    vectors = encoder.encode([by_digest[reading.digest].gist for reading in unread])
    found = [
        CarefulReading(reading=reading, encoder=row, meaning=vector)
        for reading, vector in zip(unread, vectors, strict=True)
    ]
    CarefulReading.objects.bulk_create(found, batch_size=_BATCH, ignore_conflicts=True)
    return len(unread)


def careful_meanings(
    readings: Sequence[int], encoder: CarefulEncoder, only: Collection[int] | None = None
) -> Float32Array:
    """What an encoder read in texts, by the numbers of their readings: a row of zeros where it did not.

    Of `only` these readings, where they are given. Cost: one query.
    """
    chosen = set(readings if only is None else only)
    rows = encoder.readings.filter(reading__in=chosen).values_list("reading", "meaning")
    known = dict(rows)
    unread = np.zeros(encoder.dimension, np.float32)
    vectors = [known.get(pk, unread) for pk in readings]
    return np.array(vectors, np.float32).reshape(len(readings), encoder.dimension)


@transaction.atomic
def let_serve(encoder: CarefulEncoder) -> None:
    """From now on scores go by this one, market after market, as what is usual there is found again."""
    CarefulEncoder.objects.filter(serves=True).update(serves=False)
    CarefulEncoder.objects.filter(pk=encoder.pk).update(serves=True)
    _log.info("the careful encoder %s serves", encoder.name)
