"""The link at the end of a letter, by which its reader stops such letters without logging in: signed, for good."""

from typing import Final

from django.contrib.auth import get_user_model
from django.core import signing

from katalysator.notices.kinds import Addressee, LetterKind, kind_of

_SALT: Final = "katalysator.notices.stop"


def stop_key(person: Addressee, kind: LetterKind) -> str:
    """What stands in the link."""
    return signing.dumps([person.pk, kind.name], salt=_SALT)


def stop_of(key: str) -> tuple[Addressee, LetterKind] | None:
    """Whose letters of which kind a link is about; None for a link that is not ours, or where these are gone."""
    try:
        number, name = signing.loads(key, salt=_SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    person = get_user_model()._default_manager.filter(pk=number, is_active=True).first()
    kind = kind_of(name)
    return (person, kind) if person and kind else None
