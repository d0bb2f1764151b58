"""Background work: learning from grades, and scoring markets again by other weights."""

from procrastinate.contrib.django import app

from katalysator.coalition.models import Person
from katalysator.core.jobs import defer_once
from katalysator.faults import Conflict, NotAllowed
from katalysator.grades import verbs
from katalysator.grades.models import LearningRefusal
from katalysator.matches.search import rescore
from katalysator.matches.tasks import allocate_soon


def learn_soon(person: Person) -> None:
    """Queue learning from all grades, in the name of this person."""
    LearningRefusal.forget()
    defer_once(learn_from_grades, "learn", person_id=person.pk)


def rescore_soon(market: str) -> None:
    """Queue the scoring of all matches of a market."""
    defer_once(rescore_market, f"rescore-{market}", market=market)


@app.task(name="grades.learn", lock="learn")
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


@app.task(name="grades.rescore_market", lock="standing", retry=3)
def rescore_market(market: str) -> None:
    """Score the matches of a market by the weights of now, and divide its seats again."""
    rescore(market)
    allocate_soon(market)
