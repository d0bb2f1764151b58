from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "katalysator.core"

    def ready(self) -> None:
        """Let every room say what it follows, shows on pages of others, writes in letters and holds of people."""
        autodiscover_modules(
            "followups", "merging", "panels", "summaries", "personal_data", "leaving"
        )
