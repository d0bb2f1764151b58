"""Background work: learning from grades, and grades of what came of introductions."""

from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core.jobs import LONG, RETRY, SHORT, defer_once
from katalysator.faults import Conflict, NotAllowed
from katalysator.grades import verbs
from katalysator.grades.models import Grade, LearningRefusal
from katalysator.grades.outcomes import outcomes_of
from katalysator.introductions.models import Introduction


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


@app.task(name="grades.note_outcomes", queue=SHORT, retry=RETRY)
def note_outcomes(introduction_id: int) -> None:
    """Keep as grades what the parties of an introduction said of the pair by what they did.

    Nothing where one of the two is not to be seen any more by who said it, or was never read.
    """
    introduction = Introduction.objects.filter(pk=introduction_id).first()
    for each in outcomes_of(introduction) if introduction else ():
        try:
            verbs.grade(
                each.need,
                each.offer,
                by=each.person,
                value=each.value,
                chosen=Grade.Chosen.MET,
                reason=each.reason,
                remark="",
            )
        except (Conflict, NotAllowed):
            continue
