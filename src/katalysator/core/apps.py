from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "katalysator.core"

    def ready(self) -> None:
        """Let every room say what it follows, what it shows on pages of others, and how its records merge."""
        autodiscover_modules("followups", "merging", "panels")
