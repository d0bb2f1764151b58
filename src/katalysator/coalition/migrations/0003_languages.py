"""A person may be addressed in every language that has a catalogue."""

import katalysator.core.language
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('coalition', '0002_areas'),
    ]

    operations = [
        migrations.AlterField(
            model_name='person',
            name='language',
            field=models.CharField(choices=katalysator.core.language.language_choices, default='nl', max_length=12),
        ),
    ]
