"""An index is read alone only where the table was vacuumed: early, though few rows change.

The scan reads every meaning: it stays in the row.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("matches", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE matches_marketentry ALTER COLUMN meaning SET STORAGE PLAIN;
            ALTER TABLE matches_marketentry SET (
                autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02
            );
            """,
            """
            ALTER TABLE matches_marketentry RESET (
                autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor
            );
            """,
        ),
    ]
