"""What follows from deeds on taxonomies: what finds by words is laid out anew."""

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.talent.taxonomies.tasks import LAY_OUT, lay_out_current


def lay_out(_event: Event) -> None:
    """What is used now, or was added to it, is to be found by words."""
    defer_once(lay_out_current, LAY_OUT)


follow(
    "taxonomy.use",
    "local-concept.add",
    "local-concept.change",
    "local-concept.remove",
    by=lay_out,
    once=True,
)
