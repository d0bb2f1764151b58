"""What can be done with tokens. Each verb is one transaction with its event."""

import secrets
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.api_writing import scopes as known_scopes
from katalysator.core.lengths import require_short
from katalysator.core.rows import locked
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.tokens.models import Token
from katalysator.tokens.queries import digest
from katalysator.tokens.rules import KEEP

LONGEST: Final = timedelta(days=366)
"""So long a token may be good at most."""
_MOST: Final = 20
_PREFIX: Final = "kat_"  # by which scanners of code know a secret that was left there


@transaction.atomic
def make(
    person: Person, *, by: Actor, name: str, scopes: Collection[str], ends_on: date
) -> tuple[Token, str]:
    """Make a token of a person; returns it with its secret, which cannot be shown again.

    Raises InvalidInput at the name of a part, NotAllowed, and Conflict where the person has many already.
    """
    _allow(by, person)
    locked(person, _("This account is not here any more."))
    _check(name, scopes, ends_on)
    if Token.objects.visible_to(person).count() >= _MOST:
        raise Conflict(
            "many-tokens",
            _("You have %(most)s tokens already."),
            hint=_("End one that is not used any more."),
            most=_MOST,
        )
    secret = _PREFIX + secrets.token_urlsafe(32)
    made = Token(person=person, name=plain_line(name), scopes=sorted(scopes), ends_on=ends_on)
    made.digest = digest(secret)
    require_short(made.name, Token, "name")
    made.save()
    after = {"token": made.pk, "scopes": made.scopes, "ends_on": ends_on.isoformat()}
    audit.record("person.make-token", person, by=by, after=after)
    return made, secret


@transaction.atomic
def end(token: Token, *, by: Actor) -> None:
    """End a token: nothing can be done with it from now on. Raises NotAllowed, Conflict."""
    _allow(by, token.person)
    row = locked(token, _("This token was ended already."))
    audit.record("person.end-token", row.person, by=by, before={"token": row.pk})
    row.delete()


def _check(name: str, scopes: Collection[str], ends_on: date) -> None:
    if not plain_line(name):
        raise InvalidInput(
            "name", _("Say what it is for."), hint=_("You will know it by that.")
        ).at("name")
    if unknown := set(scopes) - set(known_scopes()):
        raise InvalidInput("scope", _("There is no scope “%(scope)s”."), scope=min(unknown)).at(
            "scopes"
        )
    if not timezone.localdate() <= ends_on <= timezone.localdate() + LONGEST:
        raise InvalidInput(
            "ends-on", _("A token is good for a year at most."), hint=_("Choose an earlier day.")
        ).at("ends_on")


def _allow(by: Actor, person: Person) -> None:
    if not permits(by, KEEP, person):
        raise NotAllowed("not-your-account", _("This is not your account."))
