"""Organisations keep what was read in them, to be found by."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.fields.json
import pgvector.django.bit
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('coalition', '0002_areas'),
        ('readings', '0002_evidence'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='meant',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='organisation',
            name='reading',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='signs',
            field=pgvector.django.bit.BitField(editable=False, length=512, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func('name', 'other_names', function='coalition_folded_names', output_field=models.TextField()), django.db.models.fields.json.KeyTextTransform('nl', 'about'), config='dutch'), '||', django.contrib.postgres.search.SearchVector(models.Func('name', 'other_names', function='coalition_folded_names', output_field=models.TextField()), django.db.models.fields.json.KeyTextTransform('en', 'about'), config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='organisation_search'),
        ),
    ]
