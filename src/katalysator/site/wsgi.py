"""The door for web servers."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def _ready() -> WSGIHandler:
    """The application, with what reads a query loaded, which takes some seconds: no visitor waits for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katalysator.site.settings")
    made = get_wsgi_application()
    from katalysator.search.finding import get_ready

    get_ready()
    return made


application = _ready()
