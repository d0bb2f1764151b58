"""The second step of logging in: codes of an app, recovery codes and passkeys, as allauth has them.

What codes are made of is sealed with the secret key of the site, so that a copy of the database opens nothing.
Passkeys are bound to the address of the site.
"""

import base64
import hashlib
from typing import Final
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from katalysator.core.sealing import closed, opened

_ABOUT: Final = "second-step"


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals secrets, and says where passkeys work."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This does not work: the code is wrong, used or too old."),
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is kept."""
        return closed(text, about=_ABOUT)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is; one that nobody can guess where the key of the site is another now."""
        lost = base64.b32encode(hashlib.sha256(encrypted_text.encode()).digest()).decode()[:32]
        return opened(encrypted_text, about=_ABOUT) or lost

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom passkeys are for: the site, by its address and not by what a request says."""
        return {"id": passkey_host(), "name": "Katalysator"}


def passkey_host() -> str:
    """The name of the site, at which its passkeys work."""
    return urlsplit(settings.ADDRESS).hostname or "localhost"
