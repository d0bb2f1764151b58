"""What a coalition says of itself, for tests."""

from katalysator.coalition.founding.facts import CoalitionFacts, KnownCoalition
from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.founding.questions import answers_of, read
from katalysator.coalition.founding.verbs import settle
from tests import builders

ANSWERS = {"name": "AI-coalitie Voorbeeldland", "contact": "bureau@voorbeeld.example"}


def said(**answers: str) -> CoalitionFacts:
    """What is there, with a name and an address, and these answers."""
    known = KnownCoalition.now()
    return read({**answers_of(known), **ANSWERS, **answers}, known)


def founded(**answers: str) -> Coalition:
    """A coalition that said so."""
    return settle(said(**answers), by=builders.HOUSE)
