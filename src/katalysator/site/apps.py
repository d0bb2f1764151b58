from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "katalysator.site"
    label = "site"
