from django.apps import AppConfig


class DataspaceConfig(AppConfig):
    name = "katalysator.dataspace"
    label = "dataspace"
