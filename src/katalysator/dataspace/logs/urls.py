"""Addresses of the logs."""

from django.urls import path

from katalysator.dataspace.logs import views

urlpatterns = [
    path("dataspace/decisions/", views.decision_list, name="decision-list"),
    path("dataspace/decisions/export.csv", views.decisions_export, name="decisions-export"),
    path("dataspace/agreements/<int:pk>/uses/", views.agreement_uses, name="agreement-uses"),
    path("dataspace/agreements/<int:pk>/uses/export.csv", views.uses_export, name="uses-export"),
]
