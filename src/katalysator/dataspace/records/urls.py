"""Addresses of records, the same in every language."""

from django.urls import path

from katalysator.dataspace.records import views

urlpatterns = [
    path("catalog", views.catalogue, name="dcat-catalogue"),
    path("catalog.<slug:ending>", views.catalogue, name="dcat-file"),
    path("dataspace/datasets/<int:pk>", views.dataset_anywhere, name="dataset-anywhere"),
    path("dataspace/datasets/<int:pk>.<slug:ending>", views.dataset_record, name="dataset-record"),
    path("dataspace/<slug:slug>/catalog", views.connector_catalogue, name="dcat-of-connector"),
    path(
        "dataspace/<slug:slug>/catalog.<slug:ending>",
        views.connector_catalogue,
        name="dcat-file-of-connector",
    ),
]
