"""What the audit trail and people hear of what allauth does with the ways to log in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
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
    whole = origin.model if isinstance(origin, QuerySet) else type(origin)
    if whole is not Person:
        _note("remove-second-step", instance)


@receiver(authenticator_used)
def note_recovery(request: Any, authenticator: Authenticator, **_how: Any) -> None:
    """A recovery code is used up: whoever did not do so hears of it."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _note("use-recovery-code", authenticator)
        get_adapter(request).send_notification_mail("recovery-code-used", authenticator.user)


def _note(deed: str, step: Authenticator) -> None:
    audit.record(f"person.{deed}", step.user, by=step.user, after={"kind": str(step.type)})
