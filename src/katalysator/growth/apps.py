from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "katalysator.growth"
    label = "growth"

    def ready(self) -> None:
        """Declare this room's markets."""
        from katalysator.growth import markets  # noqa: F401
