"""Checks of the settings: is anything unsafe, for a site that others can reach?"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from katalysator.faults import gettext_noop as _
from katalysator.running.examination.findings import Problem

_HERE: Final = ("localhost", "127.0.0.1", "[::1]", "testserver")
_LEAST_KEY: Final = 50
_LEAST_SIGNS: Final = 5


def public_hosts() -> list[str]:
    """The names under which others than this machine reach the site."""
    named: list[str] = settings.ALLOWED_HOSTS
    return [host for host in named if host not in _HERE and not host.endswith(".localhost")]


def debug() -> Iterator[Problem]:
    """Whether strangers may see the insides."""
    if settings.DEBUG and public_hosts():
        yield Problem(
            "debug",
            _("Whoever meets an error on %(host)s sees settings and code."),
            hint=_("Leave KATALYSATOR_DEBUG out."),
            host=public_hosts()[0],
        )


def hosts() -> Iterator[Problem]:
    """Whether any name will do."""
    if "*" in settings.ALLOWED_HOSTS:
        yield Problem(
            "any-host",
            _("The site answers to any name, also in the links of its mails."),
            hint=_("Write its own names in KATALYSATOR_HOSTS."),
        )


def https() -> Iterator[Problem]:
    """Whether cookies and passwords go in the open."""
    if public_hosts() and not settings.HTTPS:
        yield Problem(
            "no-https",
            _(
                "Others reach the site as %(host)s, and HTTPS is off: passwords can be read on the way."
            ),
            hint=_(
                "Put a proxy with HTTPS before it and set KATALYSATOR_HTTPS=yes: docs/running.md."
            ),
            host=public_hosts()[0],
        )


def key() -> Iterator[Problem]:
    """Whether the secret key can be guessed."""
    if len(settings.SECRET_KEY) < _LEAST_KEY or len(set(settings.SECRET_KEY)) < _LEAST_SIGNS:
        yield Problem(
            "short-key",
            _("The secret key is short: less than %(least)s signs, or few different ones."),
            hint=_(
                "Leave KATALYSATOR_SECRET_KEY out, then a good one is made; or write a longer one."
            ),
            least=_LEAST_KEY,
        )


def demo() -> Iterator[Problem]:
    """Whether the example, whose passwords everybody knows, is open to all."""
    if settings.DEMO and public_hosts():
        yield Problem(
            "public-demo",
            _("The example, of which everybody knows the passwords, can be reached as %(host)s."),
            hint=_("Serve your own coalition with `katalysator serve`, from another data folder."),
            host=public_hosts()[0],
        )


def heads() -> Iterator[Problem]:
    """Whether the heads of the audit trail can be kept where the settings say."""
    place = settings.AUDIT_HEADS
    if place and not (Path(place).expanduser().is_dir() and os.access(place, os.W_OK)):
        yield Problem(
            "heads-unkept",
            _("The heads of the audit trail cannot be written to %(place)s."),
            hint=_("Make that folder, and let this user write there."),
            place=place,
        )
