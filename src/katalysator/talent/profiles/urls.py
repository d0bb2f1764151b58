"""Addresses of skill profiles."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from katalysator.talent.cards import add_card
from katalysator.talent.profiles import views
from katalysator.talent.profiles.consent import views as consent
from katalysator.talent.profiles.evidence import views as evidence

_OWN = "talent/profile/"
_SKILL = f"{_OWN}skills/<int:pk>/"

urlpatterns = [
    path(_OWN, views.profile, name="profile"),
    path(f"{_OWN}make/", views.profile_make, name="profile-make"),
    path(f"{_OWN}keep/", views.profile_keep, name="profile-keep"),
    path(f"{_OWN}mend/", views.profile_mend, name="profile-mend"),
    path(f"{_OWN}erase/", views.profile_erase, name="profile-erase"),
    path(f"{_OWN}wanted/", views.profile_wanted, name="profile-wanted"),
    path(f"{_OWN}skills/add/", views.skill_add, name="profile-skill-add"),
    path(_SKILL, views.skill, name="profile-skill"),
    path(f"{_SKILL}remove/", views.skill_remove, name="profile-skill-remove"),
    path(f"{_SKILL}certificate/", evidence.certificate, name="profile-certificate"),
    path(f"{_SKILL}ask/", evidence.ask_peer, name="profile-ask"),
    path(f"{_SKILL}assess/", evidence.ask_assessor, name="profile-assess"),
    path(
        f"{_OWN}evidence/<int:pk>/remove/",
        evidence.evidence_remove,
        name="profile-evidence-remove",
    ),
    path(f"{_OWN}occupations/add/", views.occupation_add, name="profile-occupation-add"),
    path(
        f"{_OWN}occupations/<int:pk>/remove/",
        views.occupation_remove,
        name="profile-occupation-remove",
    ),
    path(f"{_OWN}sharing/", consent.sharing, name="profile-sharing"),
    path(f"{_OWN}sharing/<int:pk>/end/", consent.sharing_end, name="profile-sharing-end"),
    path(f"{_OWN}profile.jsonld", views.profile_elm, name="profile-elm"),
    path(f"{_OWN}profile.csv", views.profile_csv, name="profile-csv"),
    path(f"{_OWN}import/", views.profile_import, name="profile-import"),
    path("talent/profiles/", consent.shown_list, name="skill-profiles"),
    path("talent/profiles/<int:pk>/", consent.shown_profile, name="skill-profile"),
    path(
        "talent/profiles/<int:pk>/files/<int:evidence>/",
        consent.evidence_file,
        name="skill-profile-file",
    ),
    path("talent/asked/", evidence.asked_list, name="skills-asked"),
    re_path(
        rf"^talent/asked/(?P<pk>[0-9]{{1,18}})/(?P<deed>{evidence.DEEDS})/$",
        evidence.asked_move,
        name="skills-asked-move",
    ),
]

add_card(
    "profile",
    _("Your skill profile"),
    _("What you can do, in your own words and hands: you say who sees it."),
    position=15,
    is_for=lambda person: person.is_authenticated,
)
