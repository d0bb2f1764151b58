"""Addresses of data that arrives."""

from typing import Final

from django.urls import path

from katalysator.dataspace.arrivals import views

_ONE: Final = "dataspace/transfers/<int:pk>/"

urlpatterns = [
    path(f"{_ONE}fetch/", views.transfer_fetch, name="transfer-fetch"),
    path(f"{_ONE}data/", views.arrived_data, name="arrived-data"),
    path(f"{_ONE}data/remove/", views.arrived_remove, name="arrived-remove"),
]
