"""Needs and offers of a market are noted apart: what is made of one half is kept while the other changes."""

from django.db import migrations

from katalysator.core.changes import watched_otherwise


class Migration(migrations.Migration):

    dependencies = [("core", "0005_subjects_of_columns"), ("listings", "0005_reference")]

    operations = [
        watched_otherwise("listings_listing", by="market kind", before="market"),
    ]
