from django.apps import AppConfig


class TalentConfig(AppConfig):
    name = "katalysator.talent"
    label = "talent"

    def ready(self) -> None:
        """Declare this room's markets."""
        from katalysator.talent import markets  # noqa: F401
