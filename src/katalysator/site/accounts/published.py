"""The password of the example is published: it opens the example, and nothing else."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from katalysator.site.demo.logins import PASSWORD


class PublishedPasswordBackend:
    """Stands before what logs people in, and sends the published password away."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002
        password: str | None = None,
        **_credentials: Any,
    ) -> None:
        """Nobody logs in here; who gives the published password does not get any further."""
        if _is_published(password):
            raise PermissionDenied


class PublishedPasswordValidator:
    """Refuses the published password where one is chosen."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002
        """Raise ValidationError for the published password."""
        if _is_published(password):
            raise ValidationError(self.get_help_text(), code="password_published")

    def get_help_text(self) -> str:
        """The rule, as it is told where a password is chosen."""
        return _("Do not use the password of the example: everybody knows it.")


def _is_published(password: str | None) -> bool:
    return not settings.DEMO and password == PASSWORD
