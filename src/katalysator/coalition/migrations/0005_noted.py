"""Writes that show on pages are noted, so that nothing older is kept."""

from django.db import migrations

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    dependencies = [("core", "0004_changes"), ("coalition", "0004_accounts")]

    operations = [
        watched("coalition_area"),
        watched("coalition_hub"),
        watched("coalition_organisation"),
        watched("coalition_organisation_areas"),
    ]
