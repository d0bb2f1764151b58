"""Addresses of commitments: each below that of its organisation."""

from django.urls import path

from katalysator.commitments import views

_OF = "organisations/<slug:slug>/commitments/"

urlpatterns = [
    path(_OF, views.commitment_list, name="commitment-list"),
    path(f"{_OF}edit/", views.commitment_edit, name="commitment-edit"),
    path(f"{_OF}<slug:kind>/new/", views.contribution_new, name="contribution-new"),
    path(
        f"{_OF}brought/<int:pk>/take-back/",
        views.contribution_take_back,
        name="contribution-take-back",
    ),
]
