"""Who may do what with questions. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator
from katalysator.questions.models import Question
from katalysator.questions.workflow import (
    ANSWER,
    ASK,
    DECIDE,
    FORGET,
    OWN,
    RECEIVE,
    ROUTE,
    WATCH,
)


@rules.predicate
def is_somebody(person: Person) -> bool:
    """Anybody with an account: a question needs no membership."""
    return bool(person.pk)


@rules.predicate
def is_asker(person: Person, question: Question) -> bool:
    """Who asked it."""
    return bool(person.pk) and question.asker_id == person.pk


@rules.predicate
def has_it(person: Person, question: Question) -> bool:
    """Somebody of those who have it now."""
    return (
        Question.objects.filter(pk=question.pk, routing__isnull=False)
        .received_by(person, now=True)
        .exists()
    )


@rules.predicate
def got_it(person: Person, question: Question) -> bool:
    """Somebody of those who have or had it, and did not say that it is not for them."""
    return Question.objects.filter(pk=question.pk).received_by(person).exists()


rules.add_perm(ASK, is_somebody)
rules.add_perm(OWN, is_asker)
rules.add_perm(ROUTE, is_coordinator)
rules.add_perm(RECEIVE, has_it)
rules.add_perm(ANSWER, is_coordinator | got_it)
rules.add_perm(DECIDE, is_coordinator)
for permission in (WATCH, FORGET):  # the clock does it
    rules.add_perm(permission, rules.always_deny)
