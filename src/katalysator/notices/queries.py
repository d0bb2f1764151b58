"""What can be asked about letters: what somebody chose, and whose mail comes back."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from katalysator.notices.kinds import Addressee, LetterKind, Pace

if TYPE_CHECKING:
    from katalysator.notices.models import ReturnedMail  # noqa: F401 — named in the bases


class ReturnQuerySet(models.QuerySet["ReturnedMail"]):
    """People whose letters come back."""

    def visible_to(self, person: Addressee | AnonymousUser) -> Self:
        """One's own, and for the bureau all."""
        if getattr(person, "is_coordinator", False):
            return self
        return self.filter(person_id=person.pk) if person.pk else self.none()

    def stopped(self) -> Self:
        """Those to whom nothing is sent any more."""
        return self.filter(stopped=True, person__is_active=True)


def pace_of(kind: LetterKind, person: Addressee) -> Pace:
    """When letters of a kind come to a person. Cost: a query."""
    return paces_of(person, kind.name).get(kind.name, kind.usual)


def paces_of(person: Addressee, *names: str) -> dict[str, Pace]:
    """What a person chose, by the name of the kind, of some kinds or all. Cost: a query."""
    from katalysator.notices.models import LetterChoice

    chosen = LetterChoice.objects.filter(person_id=person.pk)
    if names:
        chosen = chosen.filter(kind__in=names)
    return {name: Pace(pace) for name, pace in chosen.values_list("kind", "pace")}


def gets_mail(person: Addressee) -> bool:
    """Whether letters reach a person: the account is open, and its address works. Cost: a query."""
    from katalysator.notices.models import ReturnedMail

    return (
        person.is_active
        and not ReturnedMail.objects.filter(person_id=person.pk, stopped=True).exists()
    )
