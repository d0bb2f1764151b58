"""What organisations are called in the sheets that they came from."""

from django.db import models

from katalysator.importing.models import SheetKey


class OrganisationKey(SheetKey):
    """What an organisation is called in a sheet that it came from."""

    subject = models.ForeignKey(
        "coalition.Organisation", on_delete=models.CASCADE, related_name="sheet_keys"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="organisation_key_once")
        ]
