"""What a person chose of letters, and whether any reach them."""

from katalysator.notices.kinds import Addressee, LetterKind, Pace
from katalysator.notices.models import LetterChoice, ReturnedMail


def pace_of(kind: LetterKind, person: Addressee) -> Pace:
    """When letters of a kind come to a person. Cost: a query."""
    return paces_of(person, kind.name).get(kind.name, kind.usual)


def paces_of(person: Addressee, *names: str) -> dict[str, Pace]:
    """What a person chose, by the name of the kind, of some kinds or all. Cost: a query."""
    chosen = LetterChoice.objects.filter(person_id=person.pk)
    if names:
        chosen = chosen.filter(kind__in=names)
    return {name: Pace(pace) for name, pace in chosen.values_list("kind", "pace")}


def gets_mail(person: Addressee) -> bool:
    """Whether letters reach a person: the account is open, and its address works. Cost: a query."""
    return (
        person.is_active
        and not ReturnedMail.objects.filter(person_id=person.pk, stopped=True).exists()
    )
