"""Addresses of records, the same in every language."""

from django.urls import path, re_path

from katalysator.dataspace.records import views

_ENDING = r"(?P<ending>ttl|rdf|jsonld)"

urlpatterns = [
    path("catalog", views.catalogue, name="catalogue"),
    re_path(rf"^catalog\.{_ENDING}$", views.catalogue, name="catalogue-file"),
    path("dataspace/datasets/<int:pk>", views.dataset_anywhere, name="dataset-anywhere"),
    re_path(
        rf"^dataspace/datasets/(?P<pk>[0-9]{{1,18}})\.{_ENDING}$",
        views.dataset_record,
        name="dataset-record",
    ),
    path("dataspace/<slug:slug>/catalog", views.connector_catalogue, name="connector-catalogue"),
    re_path(
        rf"^dataspace/(?P<slug>[-a-zA-Z0-9_]+)/catalog\.{_ENDING}$",
        views.connector_catalogue,
        name="connector-catalogue-file",
    ),
]
