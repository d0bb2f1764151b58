"""What the audit trail and people hear of what allauth does with the ways to log in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from katalysator.coalition.models import Person
from katalysator.core import audit


@receiver(post_save, sender=Authenticator)
def note_added(instance: Authenticator, created: bool, **_how: Any) -> None:
    """A second step, or a set of recovery codes, is there."""
    if created:
        _note("add-second-step", instance)


@receiver(pre_delete, sender=Authenticator)
def note_removed(instance: Authenticator, origin: Any, **_how: Any) -> None:
    """One is gone, unless the whole account goes."""
    if not _is_of_person(origin):
        _note("remove-second-step", instance)


@receiver(authenticator_used)
def note_recovery(request: Any, authenticator: Authenticator, **_how: Any) -> None:
    """A recovery code is used up: whoever did not do so hears of it."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _note("use-recovery-code", authenticator)
        get_adapter(request).send_notification_mail("recovery-code-used", authenticator.user)


@receiver(post_save, sender=SocialAccount)
def note_linked(instance: SocialAccount, created: bool, **_how: Any) -> None:
    """Somebody can log in elsewhere too."""
    if created:
        _note_login("link-login", instance)


@receiver(pre_delete, sender=SocialAccount)
def note_unlinked(instance: SocialAccount, origin: Any, **_how: Any) -> None:
    """And not any more, unless the whole account goes."""
    if not _is_of_person(origin):
        _note_login("unlink-login", instance)


def _is_of_person(origin: Any) -> bool:
    whole = origin.model if isinstance(origin, QuerySet) else type(origin)
    return whole is Person


def _note_login(deed: str, login: SocialAccount) -> None:
    facts = {"provider": login.provider}
    audit.record(f"person.{deed}", login.user, by=login.user, after=facts)


def _note(deed: str, step: Authenticator) -> None:
    audit.record(f"person.{deed}", step.user, by=step.user, after={"kind": str(step.type)})
