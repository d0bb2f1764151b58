"""The door for web servers."""

import gc
import os
from typing import Final

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

_NEW_OBJECTS: Final = 10_000
"""Those after which Python looks for rings that fell away: a page makes some thousands of objects, few of them rings."""


def _ready() -> WSGIHandler:
    """The application, with what reads a query loaded, which takes some seconds: no visitor waits for it.

    Raises Conflict where the database is the example's and this is not, or the other way around.
    """
    gc.disable()  # nothing falls away while all is loaded: a quarter of the time of a start
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katalysator.site.settings")
    made = get_wsgi_application()
    _claim()
    _load()
    gc.collect()
    gc.freeze()  # so that processes made from this one go on sharing what is loaded
    gc.set_threshold(_NEW_OBJECTS)
    gc.enable()
    return made


def _load() -> None:
    """Load what a page needs, once for all processes that come of this one: they share it."""
    from django.urls import reverse

    from katalysator.core.language import languages, speaking
    from katalysator.search.finding import get_ready

    get_ready()
    for each in languages():
        with speaking(each):
            reverse("home")  # all addresses are laid out, and all views come with them


def _claim() -> None:
    """See what the database is for, over a connection that no process made from this one shares."""
    from django.conf import settings
    from django.db import connection

    from katalysator.core import purpose

    purpose.claim(is_example=settings.DEMO)
    connection.close()


application = _ready()
