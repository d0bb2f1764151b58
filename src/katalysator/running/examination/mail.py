"""Checks of the mail: can it be sent? Nothing is sent for it."""

import smtplib
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from django.conf import settings
from django.core import mail

from katalysator.faults import gettext_noop as _
from katalysator.running.examination.findings import Problem
from katalysator.running.examination.safety import public_hosts

_SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"
_PATIENCE: Final = 5.0


def sending(patience: float = _PATIENCE) -> Iterator[Problem]:
    """Whether the mail server lets us in; on a public site, whether there is one."""
    if settings.EMAIL_BACKEND == _SMTP:
        yield from _entered(patience)
    elif public_hosts():
        yield Problem(
            "mail-kept",
            _("Mails are not sent: they are kept in %(folder)s, passwords cannot be renewed."),
            hint=_("Name a mail server in KATALYSATOR_SMTP."),
            folder=settings.EMAIL_FILE_PATH,
        )


def _entered(patience: float) -> Iterator[Problem]:
    server = mail.get_connection(timeout=patience)
    try:
        with closing(server):
            server.open()
    except (OSError, smtplib.SMTPException) as error:
        yield Problem(
            "mail-refused",
            _("The mail server %(host)s:%(port)s cannot be used: %(reason)s."),
            hint=_("Check KATALYSATOR_SMTP, KATALYSATOR_SMTP_USER and KATALYSATOR_SMTP_PASSWORD."),
            host=settings.EMAIL_HOST,
            port=str(settings.EMAIL_PORT),
            reason=str(error) or type(error).__name__,
        )
