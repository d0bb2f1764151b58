"""Writes that show on pages are noted, so that nothing older is kept."""

from django.db import migrations

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    dependencies = [("core", "0004_changes"), ("matches", "0006_judgements")]

    operations = [
        watched("matches_marketentry", by="market"),
        watched("matches_match", by="market"),
        watched("matches_pairjudgement"),
    ]
