from django.apps import AppConfig


class CoalitionConfig(AppConfig):
    name = "katalysator.coalition"
    label = "coalition"
    default_auto_field = "django.db.models.BigAutoField"
