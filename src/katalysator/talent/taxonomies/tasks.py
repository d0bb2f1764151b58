"""Background work on files of taxonomies: they are read, and what came of it is kept with them."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.core.actors import OPERATOR
from katalysator.core.jobs import LONG, RETRY, SOON
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.talent.models import TaxonomyUpload
from katalysator.talent.taxonomies import verbs
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.taxonomies.finders import lay_out
from katalysator.talent.taxonomies.problems import kept
from katalysator.talent.taxonomies.reading import read_taxonomy

_AT_NIGHT: Final = "35 3 * * *"
LAY_OUT: Final = "talent-lay-out"


@app.task(name="talent.read_files", queue=LONG, priority=SOON, retry=RETRY)
def read_files(upload: str) -> None:
    """Take in the taxonomy that is in files that somebody gave; or say why not. The files are not kept."""
    given = TaxonomyUpload.objects.filter(pk=upload, state=TaxonomyUpload.State.WAITS).first()
    if given is None:
        return
    try:
        with transaction.atomic(), TemporaryDirectory() as folder:
            file = Path(folder) / "given.zip"
            file.write_bytes(bytes(given.content))
            given.made = verbs.take_in(
                read_taxonomy([file], given.version), by=given.given_by or OPERATOR
            )
        given.state = TaxonomyUpload.State.DONE
    except (InvalidInput, Conflict, NotAllowed) as fault:
        given.state, given.problems = TaxonomyUpload.State.REFUSED, [kept(fault)]
    given.content = b""
    given.save()


@app.periodic(cron=_AT_NIGHT)
@app.task(name="talent.lay_out", queue=LONG, queueing_lock=LAY_OUT, retry=RETRY)
def lay_out_current(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Lay out the taxonomy that is used now, so that work and skills are found by what people call them.

    At night too: another version of the software, or another encoder, may lay out otherwise.
    """
    taxonomy = current_taxonomy()
    if taxonomy is not None:
        lay_out(taxonomy, timezone.now())
