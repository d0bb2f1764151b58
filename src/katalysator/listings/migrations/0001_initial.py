"""An index is read alone only where the table was vacuumed: early, though few rows change."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgvector.django.bit
from django.conf import settings
from django.db import migrations, models

import katalysator.core.models
from katalysator.core.changes import watched


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('coalition', '0001_initial'),
        ('readings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.BinaryField(default=katalysator.core.models.new_salt, max_length=32)),
                ('meant', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None)),
                ('signs', pgvector.django.bit.BitField(editable=False, length=512, null=True)),
                ('kind', models.CharField(choices=[('need', 'Need'), ('offer', 'Offer')], max_length=5)),
                ('market', models.CharField(max_length=30)),
                ('block', models.CharField(choices=[('talent', 'Talent'), ('research', 'Research'), ('data', 'Data'), ('trust', 'Trust'), ('growth', 'Growth')], max_length=10)),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], max_length=2)),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField(blank=True, max_length=5000)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('areas_required', models.BooleanField(default=False)),
                ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list, size=None)),
                ('region_required', models.BooleanField(default=False)),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('start', models.DateField(blank=True, null=True)),
                ('end', models.DateField(blank=True, null=True)),
                ('capacity', models.PositiveIntegerField(default=1)),
                ('min_capacity', models.PositiveIntegerField(default=1)),
                ('terms', models.JSONField(default=dict)),
                ('labels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('ranges', models.JSONField(default=dict)),
                ('visibility', models.CharField(choices=[('everyone', 'Everyone'), ('participants', 'Participants of the coalition')], default='everyone', max_length=12)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('reference', models.CharField(blank=True, default='', max_length=60)),
                ('stands_until', models.DateField(blank=True, null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('best', models.FloatField(default=0.0)),
                ('best_inside', models.FloatField(default=0.0)),
                ('price', models.FloatField(default=0.0)),
                ('pressure', models.FloatField(default=0.0)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', 'text', config='dutch'), '||', django.contrib.postgres.search.SearchVector('title', 'text', config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='coalition.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='listings', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalition.membership')),
                ('reading', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading')),
            ],
            options={
                'indexes': [models.Index(fields=['market', 'kind', 'state'], include=('id', 'organisation', 'person', 'visibility', 'start', 'end', 'labels', 'areas', 'areas_required', 'regions', 'region_required', 'ranges', 'capacity', 'min_capacity'), name='listing_fit'), models.Index(models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), include=('kind', 'market', 'block', 'organisation', 'person', 'areas', 'regions', 'visibility', 'state', 'end', 'best', 'best_inside'), name='listing_board'), models.Index(condition=models.Q(('state', 'published')), fields=['visibility', 'kind', 'block'], include=('organisation', 'person', 'best', 'best_inside', 'areas', 'regions'), name='listing_open'), models.Index(fields=['state', 'end'], name='listing_ending'), models.Index(condition=models.Q(('state', 'published')), fields=['stands_until'], include=('reminders',), name='listing_standing'), models.Index(condition=models.Q(('state', 'published')), fields=['visibility', 'kind'], include=('id', 'organisation', 'person', 'signs'), name='listing_nearest'), django.contrib.postgres.indexes.GinIndex(fields=['meant'], name='listing_meant'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='listing_search'), django.contrib.postgres.indexes.GinIndex(fields=['areas', 'regions', 'labels'], name='listing_facets')],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__isnull', True), ('start__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='listing_ends_after_start'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='listing_has_capacity'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('areas__len__gte', 1), ('regions__len__gte', 1), models.Q(('text', ''), _negated=True)), _connector='OR'), name='listing_has_a_place'), models.CheckConstraint(condition=models.Q(('membership', None), ('person__isnull', False), _connector='OR'), name='listing_membership_is_of_its_person'), models.UniqueConstraint(condition=models.Q(models.Q(('reference', ''), _negated=True), ('person', None)), fields=('organisation', 'kind', 'reference'), name='listing_reference_once'), models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('person', 'kind', 'reference'), name='listing_own_reference_once')],
            },
        ),
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
        watched('listings_listing', by='market kind'),
    ]
