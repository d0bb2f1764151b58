"""What is held of a person about logging in, without what opens the account."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from katalysator.coalition.models import Person
from katalysator.core.personal_data import holds, rows


@holds("logging-in", Authenticator, SocialAccount)
def ways_to_log_in(person: Person) -> dict[str, Any]:
    """Passkeys, apps for codes and sets of recovery codes: that they are there, and when they were used."""
    steps = Authenticator.objects.filter(user=person).order_by("pk")
    elsewhere = SocialAccount.objects.filter(user=person).order_by("pk")
    return {
        "elsewhere": rows(elsewhere, "provider", "uid", "date_joined", "last_login"),
        "second_steps": rows(steps, "type", "created_at", "last_used_at"),
    }
