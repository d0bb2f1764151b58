"""Writes that show on pages are noted, so that nothing older is kept."""

from django.db import migrations

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    dependencies = [("core", "0004_changes"), ("grades", "0002_learningrefusal")]

    operations = [
        watched("grades_learnedweights"),
    ]
