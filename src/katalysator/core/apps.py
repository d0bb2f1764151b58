from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "katalysator.core"

    def ready(self) -> None:
        """Let every room say what it follows, shows on pages of others, writes in letters, holds of people, gives along, and tells programs."""
        autodiscover_modules(
            "exports",
            "followups",
            "leaving",
            "merging",
            "panels",
            "personal_data",
            "summaries",
            "webhook_events",
        )
