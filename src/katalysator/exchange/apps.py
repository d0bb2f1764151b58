from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "katalysator.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the markets that serve every block."""
        from katalysator.exchange import markets  # noqa: F401
