"""Addresses of organisations."""

from django.urls import path

from katalysator.coalition import views

urlpatterns = [
    path("organisations/", views.organisation_list, name="organisation-list"),
]
