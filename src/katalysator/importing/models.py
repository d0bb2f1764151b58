"""Sheets that wait to be taken in, and what rows were called in the sheets that they came from."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from katalysator.importing.queries import KeptSheetQuerySet

if TYPE_CHECKING:
    from katalysator.importing.kinds import SheetImport

SHEET_KEPT: Final = timedelta(hours=4)


class KeptSheet(models.Model):
    """A sheet that somebody gave, until what it holds is taken in, or it was kept long enough.

    Each person has at most one, and nobody else sees it. `imports` names what its rows become, `target` says
    where they go, as that room has it. `taken` says what came of it: the keys of what was made (`new`) and of
    what was changed (`changed`), how many were the same (`same`) or could not be used (`left_out`); None
    until then. `columns` is what the person says of columns, by their places.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    imports = models.CharField(max_length=30)
    target = models.JSONField(default=dict)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    columns = models.JSONField(default=dict)
    taken = models.JSONField(null=True)
    given_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = KeptSheetQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its preview is, in the active language."""
        return reverse(f"{self.kind.url_name}-preview", args=[self.pk])

    @property
    def kind(self) -> "SheetImport":
        """What its rows become."""
        from katalysator.importing.kinds import named

        return named(self.imports)

    @cached_property
    def place(self) -> Any:
        """Where its rows go. Raises LookupError where that is not there any more. Cost: a query at most, once."""
        return self.kind.target(self.target)


class SheetKey(models.Model):
    """What a record is called in a sheet that it came from. A room that takes sheets in has one of its own, with a `subject`.

    `source` tells one list from another: the name of the file, without what changes from month to month.
    """

    source = models.CharField(max_length=80)
    key = models.CharField(max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"
