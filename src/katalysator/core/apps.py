from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "katalysator.core"

    def ready(self) -> None:
        """Let every room say what it follows, what it shows on pages of others, how its records merge, and what is taken along."""
        autodiscover_modules("exports", "followups", "merging", "panels")
