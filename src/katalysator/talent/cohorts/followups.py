"""What follows from deeds on cohorts."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.talent.cohorts.tasks import compute_soon
from katalysator.talent.models import Cohort


def compute_cohort(event: Event) -> None:
    """It is to be computed."""
    number = int(event.subject_id)
    compute_soon(number, Cohort.objects.values_list("run", flat=True).get(pk=number))


follow("cohort.compute", by=compute_cohort)
