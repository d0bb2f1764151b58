"""The address of the anonymous route, and its card."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from katalysator.talent.cards import add_card
from katalysator.talent.roads.views import road

urlpatterns = [path("talent/road/", road, name="talent-road")]

add_card(
    "talent-road",
    _("From your work to other work"),
    _("Five questions, three directions. No account, and nothing is kept."),
    position=10,
)
