"""Addresses of the home of the data space, and of the pages of connectors."""

from django.urls import path

from katalysator.dataspace.connectors import views

_OF = "dataspace/connectors/<slug:slug>/"

urlpatterns = [
    path("dataspace/", views.home, name="dataspace"),
    path(_OF, views.connector, name="connector-page"),
    path(f"{_OF}open/", views.connector_open, name="connector-open"),
    path(f"{_OF}key/", views.connector_key, name="connector-key"),
    path(f"{_OF}partners/<int:pk>/block/", views.partner_block, name="partner-block"),
    path(f"{_OF}partners/<int:pk>/unblock/", views.partner_unblock, name="partner-unblock"),
]
