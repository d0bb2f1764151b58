"""Log-in: people are invited by their coalition, nobody signs up alone yet."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the door for sign-up; the page says whom to ask."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """No: the coordinator makes people."""
        return False
