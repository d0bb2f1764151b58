"""Addresses of rounds."""

from django.urls import path, re_path

from katalysator.rounds.matching import views
from katalysator.rounds.matching.verbs import DEEDS

_ONE = "rounds/<int:pk>/"

urlpatterns = [
    path("rounds/", views.round_list, name="round-list"),
    path("rounds/new/", views.round_new, name="round-new"),
    path(_ONE, views.matching_round, name="matching-round"),
    path(f"{_ONE}edit/", views.round_edit, name="round-edit"),
    path(f"{_ONE}pairs/", views.round_pairs, name="round-pairs"),
    path(f"{_ONE}pairs.csv", views.round_export, name="round-export"),
    path(f"{_ONE}without/", views.round_without, name="round-without"),
    path(f"{_ONE}rule/", views.round_rule, name="round-rule"),
    re_path(
        rf"^rounds/(?P<pk>[0-9]{{1,18}})/(?P<deed>{'|'.join(DEEDS)})/$",
        views.round_move,
        name="round-move",
    ),
]
