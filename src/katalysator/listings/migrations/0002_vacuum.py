"""An index is read alone only where the table was vacuumed: early, though few rows change."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("listings", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE listings_listing SET (
                autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02
            );
            """,
            """
            ALTER TABLE listings_listing RESET (
                autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor
            );
            """,
        ),
    ]
