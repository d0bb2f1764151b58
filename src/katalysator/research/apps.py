from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "katalysator.research"
    label = "research"

    def ready(self) -> None:
        """Declare this room's markets."""
        from katalysator.research import markets  # noqa: F401
