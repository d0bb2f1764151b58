from django.apps import AppConfig


class DataspaceConfig(AppConfig):
    name = "katalysator.dataspace"
    label = "dataspace"

    def ready(self) -> None:
        """Declare this room's markets."""
        from katalysator.dataspace import markets  # noqa: F401
