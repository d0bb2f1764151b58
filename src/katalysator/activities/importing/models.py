"""What activities are called in the sheets that they came from."""

from django.db import models

from katalysator.importing.models import SheetKey


class ActivityKey(SheetKey):
    """What an activity is called in a sheet that it came from; its `source` also tells whose sheet that was."""

    subject = models.ForeignKey(
        "activities.Activity", on_delete=models.CASCADE, related_name="sheet_keys"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="activity_key_once")]
