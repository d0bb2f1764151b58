"""Sentences of Django that our Dutch catalogue says in its own way: it is read after Django's own.

They are only named here, so that `tools/messages.py` finds them; Django shows them itself.
"""

from typing import Final

from django.utils.translation import gettext_noop, ngettext_lazy

PASSWORDS: Final = (
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
)
