"""Who does a deed, where a record keeps it."""

from katalysator.coalition.models import Person
from katalysator.core.actors import Actor


def person_of(by: Actor) -> Person | None:
    """The person who does something; None for a part of the house."""
    return by if isinstance(by, Person) else None
