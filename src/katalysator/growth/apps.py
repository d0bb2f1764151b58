from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "katalysator.growth"
    label = "growth"
