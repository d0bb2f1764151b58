"""Needs and offers of a market are noted apart: what is made of one half is kept while the other changes."""

from django.db import migrations

from katalysator.core.changes import watched_otherwise


class Migration(migrations.Migration):

    dependencies = [("core", "0005_subjects_of_columns"), ("matches", "0009_about_filled")]

    operations = [
        watched_otherwise("matches_marketentry", by="market kind", before="market"),
    ]
