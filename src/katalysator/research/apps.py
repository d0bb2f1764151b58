from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "katalysator.research"
    label = "research"
