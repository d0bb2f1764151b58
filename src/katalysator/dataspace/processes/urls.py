"""Addresses of negotiations and transfers."""

from typing import Final

from django.urls import path, re_path

from katalysator.dataspace.processes import views
from katalysator.dataspace.protocol.machines import TYPES

_NEGOTIATION: Final = "dataspace/negotiations/<int:pk>/"
_TRANSFER: Final = "dataspace/transfers/<int:pk>/"

urlpatterns = [
    path("dataspace/negotiations/", views.negotiation_list, name="negotiation-list"),
    path(_NEGOTIATION, views.negotiation, name="negotiation"),
    path(f"{_NEGOTIATION}again/", views.negotiation_again, name="negotiation-again"),
    re_path(
        rf"^dataspace/negotiations/(?P<pk>\d+)/(?P<word>{'|'.join(TYPES['negotiation'])})/$",
        views.negotiation_say,
        name="negotiation-say",
    ),
    path("dataspace/transfers/", views.transfer_list, name="transfer-list"),
    path(_TRANSFER, views.transfer, name="transfer"),
    path(f"{_TRANSFER}again/", views.transfer_again, name="transfer-again"),
    re_path(
        rf"^dataspace/transfers/(?P<pk>\d+)/(?P<word>{'|'.join(TYPES['transfer'])})/$",
        views.transfer_say,
        name="transfer-say",
    ),
]
