"""Writes that show on pages are noted, so that nothing older is kept."""

from django.db import migrations

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    dependencies = [("core", "0004_changes"), ("readings", "0004_concepts")]

    operations = [
        watched("readings_reading", "update", "delete", "truncate"),  # a new one shows with its record
        watched("readings_carefulencoder"),
        watched("readings_carefulreading"),
        watched("readings_lexiconsnapshot"),
    ]
