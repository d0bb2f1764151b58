"""Addresses of activities, of who comes, of choices and of calendars."""

from django.urls import path, re_path

from katalysator.activities import views
from katalysator.activities.calendar import views as calendars
from katalysator.activities.choices import views as choices
from katalysator.activities.enrolments import views as enrolments
from katalysator.activities.enrolments.views import ONE_DEEDS, OWN_DEEDS
from katalysator.activities.importing.kind import ACTIVITIES
from katalysator.activities.workflow import CHOICE, HOLD
from katalysator.importing.urls import pages_of

_ONE = "activities/<int:pk>/"
_NUMBER = "(?P<pk>[0-9]{1,18})"

urlpatterns = [
    path("activities/", views.activity_list, name="activity-list"),
    path("activities/new/", views.activity_new, name="activity-new"),
    path("activities/mine/", views.my_activities, name="my-activities"),
    path("activities/calendar/", calendars.own_key, name="own-key"),
    path("activities/calendar/remove/", calendars.own_key_remove, name="own-key-remove"),
    path("groups/<slug:slug>/calendar/", calendars.own_key, name="group-key"),
    path("groups/<slug:slug>/calendar/remove/", calendars.own_key_remove, name="group-key-remove"),
    path("activities/mine/<str:key>.ics", calendars.own_feed, name="own-feed"),
    path("activities/feed.ics", calendars.feed, name="activity-feed"),
    *pages_of(ACTIVITIES, "activities/import/"),
    path(_ONE, views.activity, name="activity"),
    path(f"{_ONE}activity.ics", calendars.activity_file, name="activity-file"),
    path(f"{_ONE}edit/", views.activity_edit, name="activity-edit"),
    path(f"{_ONE}cancel/", views.activity_cancel, name="activity-cancel"),
    path(f"{_ONE}repeat/", views.activity_repeat, name="activity-repeat"),
    path(f"{_ONE}outcome/", views.activity_outcome, name="activity-outcome"),
    path(f"{_ONE}delete/", views.activity_delete, name="activity-delete"),
    path(f"{_ONE}register/", enrolments.register, name="enrol"),
    path(f"{_ONE}enrolments/", enrolments.enrolment_list, name="enrolments"),
    path(f"{_ONE}enrolments/attendance/", enrolments.attendance, name="attendance"),
    path(f"{_ONE}enrolments/export.csv", enrolments.enrolment_export, name="enrolment-export"),
    path(f"{_ONE}choice/", choices.choice_new, name="choice-new"),
    re_path(
        rf"^activities/{_NUMBER}/(?P<deed>announce|hold)/$",
        views.activity_move,
        name="activity-move",
    ),
    re_path(
        rf"^activities/{_NUMBER}/place/(?P<deed>{OWN_DEEDS})/$",
        enrolments.own_move,
        name="own-move",
    ),
    re_path(
        rf"^activities/{_NUMBER}/enrolments/(?P<enrolment>[0-9]{{1,18}})/(?P<deed>{ONE_DEEDS})/$",
        enrolments.enrolment_move,
        name="enrolment-move",
    ),
    path("choices/<int:pk>/", choices.choice, name="choice"),
    path("choices/<int:pk>/order/", choices.choice_rank, name="choice-rank"),
    re_path(
        rf"^choices/{_NUMBER}/(?P<deed>{CHOICE.pattern_of(HOLD)})/$",
        choices.choice_move,
        name="choice-move",
    ),
]
