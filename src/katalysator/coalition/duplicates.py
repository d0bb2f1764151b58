"""Records that may be of one organisation: the same number, the same name, the same site."""

import re
from functools import reduce
from operator import or_
from typing import Final
from urllib.parse import urlsplit

from django.db import connection, models
from django.db.models import Q

from katalysator.coalition.models import Organisation
from katalysator.coalition.queries import Folded, OrganisationQuerySet


def alike(
    *, name: str, other_names: tuple[str, ...] = (), kvk: str = "", ror: str = "", website: str = ""
) -> OrganisationQuerySet:
    """Organisations with one of these numbers, one of these names as a whole, or this site.

    Names are compared as everywhere, without case, accents and signs. Cost: a pass over the table.
    """
    same = [_named(each) for each in (name, *other_names) if each.strip()]
    same += [Q(kvk=kvk)] if kvk else []
    same += [Q(ror=ror)] if ror else []
    if site := _site(website):
        same.append(Q(website__iregex=rf"^https?://(www\.)?{site}(/|$)"))
    found: OrganisationQuerySet = Organisation.objects.filter(reduce(or_, same, Q(pk__in=())))
    return found


def _named(name: str) -> Q:
    """The name is one of theirs: a line of `folded_names`."""
    line = models.functions.Concat(
        models.Value("\n"),
        Folded(models.Value(name)),
        models.Value("\n"),
        output_field=models.TextField(),
    )
    lines = models.functions.Concat(
        models.Value("\n"), "folded_names", models.Value("\n"), output_field=models.TextField()
    )
    return Q(_Holds(lines, line))


class _Holds(models.Func):
    """Whether a text holds another one."""

    function = "strpos"
    template = "(%(function)s(%(expressions)s) > 0)"
    output_field = models.BooleanField()


def _site(website: str) -> str:
    """The host of an address, without www, ready to stand in a pattern; empty where there is none."""
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        host = ""
    return re.escape(host.removeprefix("www."))


_SAME_NAME: Final = """
    SELECT min(id), max(id) FROM (
        SELECT DISTINCT id, unnest(string_to_array(folded_names, chr(10))) AS name FROM coalition_organisation
    ) AS named GROUP BY name HAVING count(*) > 1
    UNION
    SELECT min(id), max(id) FROM coalition_organisation WHERE ror <> '' GROUP BY ror HAVING count(*) > 1
    ORDER BY 1, 2 LIMIT %s
"""


def pairs(most: int) -> list[tuple[Organisation, Organisation]]:
    """Pairs of records with a name or a ROR number in common, the older record first. Cost: a pass over the table."""
    with connection.cursor() as cursor:
        cursor.execute(_SAME_NAME, [most])
        numbers = cursor.fetchall()
    rows = Organisation.objects.in_bulk({number for pair in numbers for number in pair})
    return [(rows[first], rows[second]) for first, second in numbers]
