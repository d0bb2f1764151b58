"""How people log in: as allauth has it. Who asks is looked up with what every page wants to know of them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from katalysator.coalition.models import Person
from katalysator.site.accounts.sessions import found_beside, opened


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Logs people in by their address."""

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """The person of a session, while the account is open. Cost: a query, where it was not asked beside it."""
        person = found_beside(user_id) or Person.objects.asking(user_id)
        return person if person and self.user_can_authenticate(person) else None


class PersonMiddleware(AuthenticationMiddleware):
    """Says who asks, as Django does, with the session open to `PersonBackend`."""

    def process_request(self, request: HttpRequest) -> None:
        """Look the person up when somebody wants to know, once."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _asker(request))  # type: ignore[assignment]


def _asker(request: Any) -> Any:
    with opened(request.session):
        return get_user(request)
