"""Addresses of the workbench, all below the bureau's."""

from django.urls import path, re_path

from katalysator.bureau import views
from katalysator.bureau.bulk import views as bulk
from katalysator.bureau.bulk.kinds import KINDS
from katalysator.bureau.mailing import views as mailing
from katalysator.bureau.notes import views as notes
from katalysator.bureau.workflow import MAILING
from katalysator.coalition.workflow import RUN

urlpatterns = [
    path("bureau/week/", views.week, name="week"),
    path("bureau/participants/", views.workbench, name="workbench"),
    path("bureau/listings/", views.listing_list, name="bureau-listings"),
    re_path(rf"^bureau/(?P<kind>{'|'.join(KINDS)})/chosen/$", views.chosen, name="chosen"),
    path("bureau/deeds/", bulk.bulk_list, name="bulk-list"),
    path("bureau/deeds/<int:pk>/", bulk.bulk, name="bulk"),
    path("bureau/deeds/<int:pk>/undo/", bulk.bulk_undo, name="bulk-undo"),
    path("bureau/letters/", mailing.mailing_list, name="mailing-list"),
    path("bureau/letters/<int:pk>/", mailing.mailing, name="mailing"),
    path("bureau/letters/<int:pk>/edit/", mailing.mailing_edit, name="mailing-edit"),
    path("bureau/letters/<int:pk>/delete/", mailing.mailing_delete, name="mailing-delete"),
    re_path(
        rf"^bureau/letters/(?P<pk>[0-9]{{1,18}})/(?P<deed>{MAILING.pattern_of(RUN)})/$",
        mailing.mailing_move,
        name="mailing-move",
    ),
    path("bureau/notes/<slug:slug>/", notes.note_list, name="note-list"),
    path("bureau/notes/<int:pk>/finish/", notes.note_finish, name="note-finish"),
    path("bureau/notes/<int:pk>/delete/", notes.note_delete, name="note-delete"),
]
