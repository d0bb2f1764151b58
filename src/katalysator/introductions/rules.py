"""Who may do what with introductions. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator, manages, takes_part
from katalysator.introductions.models import Introduction, Party
from katalysator.introductions.workflow import (
    ANSWER,
    PROPOSE,
    RULE,
    TAKE_BACK,
    TAKE_PART,
    WATCH,
    WISH,
)


@rules.predicate
def is_party(person: Person, party: Party) -> bool:
    """Who is this party, or speaks for it."""
    return party.is_of(person)


@rules.predicate
def is_in(person: Person, introduction: Introduction) -> bool:
    """Somebody of a party that said yes, and did not leave."""
    return introduction.parties.spoken_for_by(person).filter(answer=Party.Answer.YES).exists()


@rules.predicate
def proposed_it(person: Person, introduction: Introduction) -> bool:
    """Who proposed it, or a colleague of who did; the bureau, where the bureau did."""
    if introduction.by_bureau:
        return bool(person.is_coordinator)
    if introduction.proposer_id == person.pk:
        return True
    own = introduction.parties.spoken_for_by(person)
    return own.filter(contact=introduction.proposer_id, contact__isnull=False).exists()


rules.add_perm(PROPOSE, is_coordinator | takes_part)
rules.add_perm(ANSWER, is_party)
rules.add_perm(TAKE_BACK, proposed_it)
rules.add_perm(TAKE_PART, is_in)
rules.add_perm(WATCH, rules.always_deny)  # the clock does it
rules.add_perm(RULE, is_coordinator)
rules.add_perm(WISH, manages)  # not the bureau: it learns no more of it than others
