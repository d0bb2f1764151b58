from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ListingsConfig(AppConfig):
    name = "katalysator.listings"

    def ready(self) -> None:
        """Let every room declare its markets."""
        autodiscover_modules("markets")
