"""Background work: learning from grades."""

from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core.jobs import defer_once
from katalysator.faults import Conflict, NotAllowed
from katalysator.grades import verbs


def learn_soon(person: Person) -> None:
    """Queue learning from all grades, in the name of this person."""
    defer_once(learn_from_grades, "learn", person_id=person.pk)


@app.task(name="grades.learn", lock="learn")
def learn_from_grades(person_id: int) -> None:
    """Learn from all grades; where there are too few by now, or who asked may not any more, nothing."""
    person = Person.objects.filter(pk=person_id).first()
    try:
        if person is not None:
            verbs.learn(by=person)
    except (Conflict, NotAllowed):
        return
