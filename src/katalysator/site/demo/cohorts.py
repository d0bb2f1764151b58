"""A cohort of the example: forty clerks of one employer whose work ends, and where they could go together."""

from pathlib import Path
from typing import Final

from katalysator.coalition.models import Person
from katalysator.core.language import say
from katalysator.importing.reading import GivenFile
from katalysator.talent.cohorts import verbs
from katalysator.talent.cohorts.computing import compute
from katalysator.talent.cohorts.sheets import read_openings, read_people
from katalysator.talent.cohorts.verbs import CohortContent
from katalysator.talent.taxonomies.current import current_taxonomy

HERE: Final = Path(__file__).parent
EMPLOYER: Final = "voorbeeld-umc-waalkant"
LEAST: Final = 50


def load_cohort() -> str:
    """Make and compute it, as somebody of the employer, where a taxonomy is there. Returns a line of report."""
    if current_taxonomy() is None:
        return say("Cohorts: %(count)s.", count=0)
    person = Person.objects.get(email=f"lid@{EMPLOYER}.example")
    employer = person.organisations.get(slug=EMPLOYER)
    content = CohortContent(
        name="Patiëntenadministratie gaat samen: 40 mensen",
        people=read_people(_sheet("cohort-people.csv")),
        openings=read_openings(_sheet("cohort-openings.csv")),
        from_market=False,
        least=LEAST,
    )
    begun = verbs.compute(verbs.make(employer, content, by=person), by=person)
    compute(begun, begun.run)
    return say("Cohorts: %(count)s.", count=1)


def _sheet(name: str) -> GivenFile:
    return GivenFile((HERE / name).read_bytes(), name)
