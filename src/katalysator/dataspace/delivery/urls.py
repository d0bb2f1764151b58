"""Addresses of pages about where data comes from."""

from django.urls import path

from katalysator.dataspace.delivery import source_views

urlpatterns = [
    path("dataspace/datasets/<int:pk>/source/", source_views.dataset_source, name="dataset-source"),
]
