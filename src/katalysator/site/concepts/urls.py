"""Addresses of the pages about concepts."""

from django.urls import path

from katalysator.site.concepts import views

urlpatterns = [
    path("concepts/", views.concept_list, name="concept-list"),
    path("concepts/add/", views.concept_add, name="concept-add"),
    path("concepts/<slug:key>/edit/", views.concept_edit, name="concept-edit"),
    path("concepts/<slug:key>/remove/", views.concept_remove, name="concept-remove"),
    path("concepts/<slug:key>/restore/", views.concept_restore, name="concept-restore"),
]
