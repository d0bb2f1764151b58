"""Versions of taxonomies, what their things mean, and cohorts."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('coalition', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TaxonomyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('version', models.CharField(max_length=40)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list, size=None)),
                ('occupations', models.PositiveIntegerField()),
                ('skills', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('is_current', models.BooleanField(default=False)),
                ('taken_in_at', models.DateTimeField(auto_now_add=True)),
                ('report', models.JSONField(blank=True, default=dict)),
                ('taken_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-taken_in_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ConceptDescription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('language', models.CharField(max_length=5)),
                ('text', models.TextField()),
                ('taxonomy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='descriptions', to='talent.taxonomyversion')),
            ],
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('run', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveSmallIntegerField(default=0)),
                ('stages', models.PositiveSmallIntegerField(default=0)),
                ('figures', models.JSONField(blank=True, default=dict)),
                ('earlier', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(max_length=120)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('people', models.JSONField(default=list)),
                ('openings', models.JSONField(blank=True, default=list)),
                ('from_market', models.BooleanField(default=True)),
                ('least', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(95)])),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='cohorts', to='coalition.organisation')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('made_at'), descending=True), models.OrderBy(models.F('id'), descending=True)],
                'indexes': [models.Index(models.OrderBy(models.F('made_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='cohort_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'computing', 'computed'))), name='cohort_somewhere')],
            },
        ),
        migrations.AddConstraint(
            model_name='taxonomyversion',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='one_taxonomy_is_used'),
        ),
        migrations.AddConstraint(
            model_name='conceptdescription',
            constraint=models.UniqueConstraint(fields=('taxonomy', 'key', 'language'), name='one_description_in_a_language'),
        ),
    ]
