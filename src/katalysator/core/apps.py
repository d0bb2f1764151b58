from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "katalysator.core"

    def ready(self) -> None:
        """Let every room say what it follows, and what it shows on pages of others."""
        autodiscover_modules("followups", "panels")
