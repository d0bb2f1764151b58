"""What is held of a person: the account, and for whom the person speaks."""

from typing import Any

from katalysator.coalition.models import Membership, Person
from katalysator.core.personal_data import holds, rows

_ACCOUNT = ("email", "asked_email", "language", "is_coordinator", "is_active", "last_login")


@holds("account", Person)
def account_of(person: Person) -> dict[str, Any]:
    """The account itself, without the password."""
    return {"number": person.pk, **{name: getattr(person, name) for name in _ACCOUNT}}


@holds("organisations", Membership)
def memberships_of(person: Person) -> list[dict[str, Any]]:
    """The organisations that the person speaks for, and how the person is shown there."""
    mine = Membership.objects.filter(person=person).order_by("pk")
    return rows(mine, "organisation__slug", "organisation__name", "role", "name", "function")
