"""Where rooms say what sheets become."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportingConfig(AppConfig):
    """Finds the kinds of all rooms: in their `importing/kind.py`."""

    name = "katalysator.importing"

    def ready(self) -> None:
        """Let them declare what they take in."""
        autodiscover_modules("importing.kind")
