"""Addresses of catalogues elsewhere."""

from django.urls import path

from katalysator.dataspace.harvest import views

_SOURCE = "dataspace/sources/<int:pk>/"

urlpatterns = [
    path("dataspace/elsewhere/", views.everywhere_list, name="data-everywhere"),
    path("dataspace/sources/", views.source_list, name="harvest-source-list"),
    path(_SOURCE, views.source, name="harvest-source"),
    path(f"{_SOURCE}read/", views.source_read, name="harvest-source-read"),
    path(f"{_SOURCE}remove/", views.source_remove, name="harvest-source-remove"),
]
