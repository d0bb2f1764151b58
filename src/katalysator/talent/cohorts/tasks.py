"""Background work on cohorts: they are computed. The job may run twice."""

from procrastinate.contrib.django import app

from katalysator.core.jobs import LONG, RETRY, SOON, defer_once
from katalysator.talent.cohorts.computing import compute
from katalysator.talent.models import Cohort


@app.task(name="talent.compute_cohort", queue=LONG, retry=RETRY, priority=SOON)
def compute_cohort(cohort_id: int, run: int) -> None:
    """Compute a cohort, or what is left of it."""
    found = Cohort.objects.select_related("author").filter(pk=cohort_id).first()
    if found is not None:
        compute(found, run)


def compute_soon(cohort_id: int, run: int) -> None:
    """Queue the computing of a cohort."""
    defer_once(compute_cohort, f"compute-cohort-{cohort_id}-{run}", cohort_id=cohort_id, run=run)
