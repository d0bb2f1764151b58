"""Who somebody in a pilot is: a digest that counts people once, and that nobody else can make."""

import hmac
from hashlib import sha256

from django.conf import settings

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Organisation


def person_digest(organisation: Organisation, key: str) -> bytes:
    """What is kept of who somebody is: HMAC-SHA-256 with the secret of the site, so that nobody else can try keys.

    An e-mail address gives the same for all organisations of the coalition; any other key is of its organisation alone,
    for number 12 of one is not number 12 of another.
    """
    plain = plain_line(key)
    told = f"address\0{plain.casefold()}" if "@" in plain else f"{organisation.pk}\0{plain}"
    secret = hmac.digest(settings.SECRET_KEY.encode(), b"katalysator.learning-person", "sha256")
    return hmac.new(secret, told.encode(), sha256).digest()
