"""Addresses of organisations."""

from django.urls import path, re_path

from katalysator.coalition import views
from katalysator.coalition.founding import views as founding
from katalysator.coalition.importing.kind import PARTICIPANTS
from katalysator.coalition.merged import views as merging
from katalysator.coalition.organisations import views as organisations
from katalysator.coalition.workflow import PARTICIPATION
from katalysator.importing.urls import pages_of

_OF = "organisations/<slug:slug>/"

urlpatterns = [
    path("organisations/", views.organisation_list, name="organisation-list"),
    path(f"{_OF}edit/", organisations.organisation_edit, name="organisation-edit"),
    path(f"{_OF}confirm/", organisations.organisation_confirm, name="organisation-confirm"),
    re_path(
        rf"^organisations/(?P<slug>[-\w]+)/(?P<deed>{PARTICIPATION.pattern})/$",
        organisations.organisation_move,
        name="organisation-move",
    ),
    *pages_of(PARTICIPANTS, "bureau/import/participants/"),
    path("bureau/merge/", merging.merge, name="merge"),
    path("bureau/coalition/", founding.coalition_edit, name="coalition-edit"),
    path("bureau/export/", founding.export_page, name="export"),
    path("contact/", founding.contact, name="contact"),
    path("privacy/", founding.privacy, name="privacy"),
    path("accessibility/", founding.accessibility, name="accessibility"),
]
