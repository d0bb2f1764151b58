"""Addresses of who comes in: organisations that apply, and people who join one."""

from django.urls import path, re_path

from katalysator.admission import bureau_views, views
from katalysator.admission.importing.kind import PEOPLE
from katalysator.admission.joining import views as joining
from katalysator.admission.joining.workflow import JOINING
from katalysator.admission.workflow import APPLICATION, OWN
from katalysator.coalition.workflow import MANAGE
from katalysator.importing.urls import pages_of

_OF = "organisations/<slug:slug>/"

urlpatterns = [
    path(f"{_OF}people/", joining.people_list, name="people-list"),
    path(f"{_OF}people/me/", joining.present, name="present"),
    path(f"{_OF}people/<int:pk>/role/", joining.role_change, name="role-change"),
    path(f"{_OF}people/<int:pk>/end/", joining.membership_end, name="membership-end"),
    path(f"{_OF}people/<int:pk>/hand-over/", joining.hand_over, name="hand-over"),
    re_path(
        rf"^organisations/(?P<slug>[-\w]+)/people/(?P<pk>[0-9]{{1,18}})/(?P<deed>{JOINING.pattern_of(MANAGE)})/$",
        joining.joining_move,
        name="joining-move",
    ),
    path(f"{_OF}ask/", joining.ask, name="ask"),
    path("ask/sent/", joining.ask_sent, name="ask-sent"),
    path("invitations/<str:key>/", joining.joining_own, name="joining-own"),
    re_path(
        rf"^invitations/(?P<key>[^/]+)/(?P<deed>{JOINING.pattern_of(OWN)})/$",
        joining.joining_answer,
        name="joining-answer",
    ),
    path("join/", views.apply, name="apply"),
    path("join/sent/", views.apply_sent, name="apply-sent"),
    path("join/<str:key>/", views.application_own, name="application-own"),
    re_path(
        rf"^join/(?P<key>[^/]+)/(?P<deed>{APPLICATION.pattern_of(OWN)})/$",
        views.application_move,
        name="application-move",
    ),
    *pages_of(PEOPLE, "bureau/import/people/"),
    path("bureau/applications/", bureau_views.application_list, name="application-list"),
    path("bureau/applications/<int:pk>/", bureau_views.application, name="application"),
    path(
        "bureau/applications/<int:pk>/admit/",
        bureau_views.application_admit,
        name="application-admit",
    ),
    path(
        "bureau/applications/<int:pk>/decline/",
        bureau_views.application_decline,
        name="application-decline",
    ),
]
