"""Background work: learning from grades."""

from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core.jobs import LONG, RETRY, defer_once
from katalysator.faults import Conflict, NotAllowed
from katalysator.grades import verbs
from katalysator.grades.models import LearningRefusal


def learn_soon(person: Person) -> None:
    """Queue learning from all grades, in the name of this person."""
    LearningRefusal.forget()
    defer_once(learn_from_grades, "learn", person_id=person.pk)


@app.task(name="grades.learn", queue=LONG, lock="learn", retry=RETRY)
def learn_from_grades(person_id: int) -> None:
    """Learn from all grades, or keep why not; nothing where who asked may not learn any more."""
    person = Person.objects.filter(pk=person_id).first()
    LearningRefusal.forget()
    try:
        if person is not None:
            verbs.learn(by=person)
    except Conflict as fault:
        LearningRefusal.keep(fault)
    except NotAllowed:
        return
