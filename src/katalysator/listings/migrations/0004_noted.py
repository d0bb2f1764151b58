"""Writes that show on pages are noted, so that nothing older is kept."""

from django.db import migrations

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    dependencies = [("core", "0004_changes"), ("listings", "0003_findable")]

    operations = [
        watched("listings_listing", by="market"),
    ]
