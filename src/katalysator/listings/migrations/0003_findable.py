"""Listings keep what was read in them, to be found by."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgvector.django.bit
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('coalition', '0002_areas'),
        ('listings', '0002_vacuum'),
        ('readings', '0002_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='listing',
            name='meant',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='listing',
            name='reading',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading'),
        ),
        migrations.AddField(
            model_name='listing',
            name='signs',
            field=pgvector.django.bit.BitField(editable=False, length=512, null=True),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['visibility', 'kind'], include=('id', 'organisation', 'signs'), name='listing_nearest'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=django.contrib.postgres.indexes.GinIndex(fields=['meant'], name='listing_meant'),
        ),
    ]
