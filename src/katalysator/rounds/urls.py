"""Addresses of rounds."""

from django.urls import path, re_path

from katalysator.rounds.matching import views
from katalysator.rounds.matching.verbs import DEEDS
from katalysator.rounds.meeting import guest_views, views as meetings
from katalysator.rounds.meeting.verbs import DEEDS as DAY_DEEDS
from katalysator.rounds.orders import views as orders

_ONE = "rounds/<int:pk>/"
_TALKS = "activities/<int:pk>/talks/"
_OF_TALKS = r"^activities/(?P<pk>[0-9]{1,18})/talks/"

urlpatterns = [
    path("rounds/", views.round_list, name="round-list"),
    path("rounds/new/", views.round_new, name="round-new"),
    path("rounds/orders/", orders.own_orders, name="own-orders"),
    path(f"{_ONE}orders/<int:listing>/", orders.own_order, name="own-order"),
    path(f"{_ONE}ask/", orders.round_ask, name="round-ask"),
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
    path(_TALKS, meetings.meeting_day, name="meeting-day"),
    path(f"{_TALKS}settings/", meetings.meeting_settings, name="meeting-settings"),
    path(f"{_TALKS}plan/", meetings.meeting_plan, name="meeting-plan"),
    path(f"{_TALKS}mine/", guest_views.meeting_mine, name="meeting-mine"),
    path(f"{_TALKS}mine/times/", guest_views.meeting_times, name="meeting-times"),
    path("activities/talks/<str:key>.ics", guest_views.meeting_feed, name="meeting-feed"),
    re_path(
        rf"{_OF_TALKS}(?P<deed>{'|'.join(DAY_DEEDS)})/$",
        meetings.meeting_move,
        name="meeting-move",
    ),
    re_path(
        rf"{_OF_TALKS}mine/(?P<deed>{guest_views.OWN_DEEDS})/$",
        guest_views.meeting_own_move,
        name="meeting-own-move",
    ),
]
