"""How we use allauth: nobody signs up alone, and guessing a password is slow.

Wrong passwords are counted by client, and by client and address together. What others guess therefore
locks nobody out. Where many clients guess at one address, each of them may try less often
(`ACCOUNT_RATE_LIMITS` in the settings; decision 17).
"""

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import consume, get_ip
from allauth.core.ratelimit import clear
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from katalysator.coalition.founding.current import current
from katalysator.core.language import translate
from katalysator.faults import gettext_noop as _

TOLD: Final = {
    "mfa/email/totp_activated": _("An app that gives codes was added."),
    "mfa/email/totp_deactivated": _("The app that gives codes was removed."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
    "socialaccount/email/account_connected": _("You can log in by another organisation too now."),
    "socialaccount/email/account_disconnected": _("Logging in by another organisation has ended."),
    "recovery-code-used": _("Somebody logged in with a recovery code."),
}
"""What is told by mail, by what happened as allauth names it."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the door for sign-up, and counts wrong passwords by client."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """No: the coordinator makes people."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """What a letter is about, behind the name of the coalition."""
        return f"{current()}: {subject}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address; that of the sender where a proxy was passed by."""
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            return str(request.META["REMOTE_ADDR"])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse who guessed too often. What is counted here is taken back after a right password."""
        super().pre_authenticate(request, **credentials)
        if self._consumed(request, "login_failed_anywhere", credentials, dry_run=True):
            return
        watched = self._consumed(request, "login_failed_watched", credentials)
        if watched is None:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += watched.usage

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password for its address, whoever gave it."""
        self._consumed(request, "login_failed_anywhere", credentials)

    def forget_wrong_passwords(self, request: HttpRequest, email: str) -> None:
        """Let a client start anew that has just proven that the address is its own."""
        key = self._get_login_attempts_cache_key(request, email=email)
        for action in ("login_failed", "login_failed_watched"):
            clear(request, action=action, key=key)

    def is_reauthentication_required(self, *, app: str = "") -> bool:  # noqa: ARG002
        """Whatever changes how somebody logs in asks once more who it is."""
        return True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How somebody confirms who they are: with the second step where there is one, as the password is not enough."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        second = [each for each in methods if each["id"] != "reauthenticate"]
        return second or methods

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,  # noqa: ARG002 — allauth gives it
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """Tell somebody by mail that the ways to log in changed, which nobody can choose not to hear."""
        if what := TOLD.get(template_prefix):
            self.send_mail("account/email/ways_changed", user.email, {"what": translate(what)})

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted by client and address: allauth counts by address alone."""
        return f"{get_ip(request)} {_address(credentials)}"

    def _consumed(
        self, request: HttpRequest, action: str, credentials: dict[str, Any], **how: bool
    ) -> Any:
        everywhere = action == "login_failed_anywhere"
        key = self._get_login_attempts_cache_key(request, **credentials)
        return consume(
            request,
            app="allauth.account",
            action=action,
            key=_address(credentials) if everywhere else key,
            **how,
        )


def _address(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).strip().lower()
