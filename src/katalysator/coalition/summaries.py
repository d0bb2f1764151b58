"""Who is new, for the summary that people get by mail."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from katalysator.coalition.models import Area, Organisation, Person
from katalysator.core import letters
from katalysator.notices.summaries import Item, Section, summary_part

_ASKED = 50


@summary_part(position=60)
def new_participants(person: Person, since: datetime) -> Section:
    """Organisations that joined in the areas of one's own."""
    areas = Area.objects.filter(organisations__memberships__person=person)
    found = Organisation.objects.visible_to(person).participants()
    found = found.filter(areas__in=areas, joined_on__gte=timezone.localdate(since))
    found = found.exclude(memberships__person=person).distinct().order_by("-joined_on", "sort_name")
    items = [Item(each.name, letters.address("organisation", each.slug)) for each in found[:_ASKED]]
    return Section(_("New in your areas"), items, letters.address("organisation-list"))
