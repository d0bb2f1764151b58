"""Background work that crosses rooms: the words of texts that everybody may read are counted."""

from typing import Final

from procrastinate.contrib.django import app

from katalysator.core.jobs import LONG, RETRY
from katalysator.site.search.spelling import renew_words

_EVERY_HOUR: Final = "55 * * * *"


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="site.count_words", queue=LONG, queueing_lock="count-words", retry=RETRY)
def count_words(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Count the words by which a misspelt one is mended."""
    renew_words()
