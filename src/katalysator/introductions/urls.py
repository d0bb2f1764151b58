"""Addresses of introductions."""

from django.urls import path, re_path

from katalysator.introductions import deed_views, views
from katalysator.introductions.meeting_rules import views as meeting_rules
from katalysator.introductions.plain_deeds import PLAIN_DEEDS
from katalysator.introductions.wishes import views as wishes

_ONE = "introductions/<int:pk>/"
_WISHES = "organisations/<slug:slug>/meeting/"

urlpatterns = [
    path("introductions/", views.introduction_list, name="introduction-list"),
    path(_ONE, views.introduction, name="introduction"),
    path("listings/<int:pk>/introduce/", views.introduce, name="introduce"),
    path("listings/<int:pk>/found/", views.found_each_other, name="found-each-other"),
    path(f"{_ONE}parties/<int:party>/accept/", deed_views.accept, name="introduction-accept"),
    path(f"{_ONE}parties/<int:party>/decline/", deed_views.decline, name="introduction-decline"),
    path(
        f"{_ONE}parties/<int:party>/take-over/", deed_views.take_over, name="introduction-take-over"
    ),
    path(f"{_ONE}messages/", deed_views.say, name="introduction-say"),
    path(f"{_ONE}along/", deed_views.ask_along, name="introduction-along"),
    path(f"{_ONE}steps/", deed_views.plan, name="introduction-plan"),
    path(f"{_ONE}steps/<int:step>/tick/", deed_views.tick, name="introduction-tick"),
    path(f"{_ONE}steps/<int:step>/drop/", deed_views.drop, name="introduction-drop"),
    path(f"{_ONE}end/", deed_views.stop, name="introduction-end"),
    path(f"{_ONE}finish/", deed_views.finish, name="introduction-finish"),
    path(f"{_ONE}lesson/", deed_views.learn, name="introduction-lesson"),
    path(f"{_ONE}share/", deed_views.share, name="introduction-share"),
    re_path(
        rf"^introductions/(?P<pk>[0-9]{{1,18}})/(?P<deed>{'|'.join(PLAIN_DEEDS)})/$",
        deed_views.move,
        name="introduction-move",
    ),
    path(_WISHES, wishes.meeting_wishes, name="meeting-wishes"),
    path(f"{_WISHES}pause/", wishes.pause, name="meeting-pause"),
    path(f"{_WISHES}resume/", wishes.resume, name="meeting-resume"),
    path(f"{_WISHES}never/", wishes.avoid, name="meeting-avoid"),
    path(f"{_WISHES}never/<int:pk>/drop/", wishes.allow, name="meeting-allow"),
    path("bureau/introductions/", views.bureau_list, name="introduction-queue"),
    path("bureau/meeting-rules/", meeting_rules.meeting_rules, name="meeting-rules"),
    path("bureau/kept-apart/", meeting_rules.kept_apart, name="kept-apart"),
    path("bureau/kept-apart/<int:pk>/end/", meeting_rules.let_meet, name="kept-apart-end"),
    path("bureau/meeting-rules/<int:pk>/drop/", meeting_rules.drop_rule, name="meeting-rule-drop"),
]
