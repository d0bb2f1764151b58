from django.apps import AppConfig


class TalentConfig(AppConfig):
    name = "katalysator.talent"
    label = "talent"
