"""Addresses of connectors, the same in every language."""

from django.urls import path

from katalysator.dataspace.delivery import views as delivery
from katalysator.dataspace.protocol import views
from katalysator.dataspace.records import urls as records

urlpatterns = [
    *records.urlpatterns,
    path(".well-known/dspace-version", views.versions, name="dataspace-versions"),
    path(
        "dataspace/<slug:slug>/.well-known/dspace-version",
        views.versions,
        name="connector-versions",
    ),
    path("dataspace/<slug:slug>/did.json", views.document, name="connector-document"),
    path("dataspace/<slug:slug>/dsp/2025-1/<path:path>", views.protocol, name="connector"),
    path("dataspace/<slug:slug>/data/<str:pid>", delivery.data, name="data"),
    path("dataspace/<slug:slug>/data/<str:pid>/token", delivery.new_token, name="data-token"),
]
