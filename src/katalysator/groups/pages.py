"""What the pages of a group share: which one it is, who may come, and what stands above each."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from katalysator.groups.models import WorkingGroup
from katalysator.groups.rules import powers


def seen_group(request: HttpRequest, slug: str) -> WorkingGroup:
    """A group that this person may see. Raises Http404."""
    seen = WorkingGroup.objects.visible_to(request.user).select_related("hub")
    found: WorkingGroup = get_object_or_404(seen, slug=slug)
    return found


def own_group(request: HttpRequest, slug: str, permission: str) -> WorkingGroup:
    """A group with which this person may do this. Raises Http404, PermissionDenied."""
    group = seen_group(request, slug)
    if permission not in powers(request.user, group):
        raise PermissionDenied
    return group


def paper_of(group: WorkingGroup, seen: QuerySet[Any], pk: int) -> Any:
    """One of the papers of a group, of those that may be seen. Raises Http404."""
    found: Model = get_object_or_404(seen.select_related("group").filter(group=group), pk=pk)
    return found
