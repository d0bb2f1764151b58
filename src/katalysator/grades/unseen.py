"""Good matches that nobody has looked at: neither graded nor brought together."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from katalysator.coalition.models import Person
from katalysator.engine.matching import GOOD
from katalysator.grades.models import Grade
from katalysator.introductions.models import Party
from katalysator.listings.workflow import OPEN
from katalysator.matches.models import Match
from katalysator.matches.queries import MatchQuerySet


def unseen_matches(person: Person | AnonymousUser) -> MatchQuerySet:
    """Those of what is open, as this person may see them, the newest first, with both titles at hand."""
    graded = Grade.objects.filter(need=OuterRef("need"), offer=OuterRef("offer"))
    with_offer = Party.objects.filter(
        introduction=OuterRef("introduction"), listing=OuterRef(OuterRef("offer"))
    )
    met = Party.objects.filter(Exists(with_offer), listing=OuterRef("need"))
    found = Match.objects.visible_to(person).good(GOOD)
    found = found.filter(~Exists(graded), ~Exists(met), need__state=OPEN, offer__state=OPEN)
    return found.select_related("need", "offer").order_by("-pk")
