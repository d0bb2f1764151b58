"""What the database is for, and the counters that all processes share."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_example', models.BooleanField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_purpose')],
            },
        ),
        # as `createcachetable` makes it
        migrations.RunSQL(
            """
            CREATE TABLE core_counter (
                cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
            );
            CREATE INDEX core_counter_expires ON core_counter (expires);
            """,
            "DROP TABLE core_counter;",
        ),
    ]
