from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    name = "katalysator.site"
    label = "site"

    def ready(self) -> None:
        """Let every room declare its markets, its panels, and what it follows."""
        autodiscover_modules("markets", "panels", "followups")
