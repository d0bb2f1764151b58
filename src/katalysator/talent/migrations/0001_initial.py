"""Taxonomies, what is added to them, courses, and figures of pay and demand."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LocalConcept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True, validators=[django.core.validators.RegexValidator('^local/[a-z0-9-]+/[a-z0-9-]+$')])),
                ('kind', models.CharField(choices=[('occupation', 'Occupation'), ('skill', 'Skill')], max_length=10)),
                ('nl', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None)),
                ('en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None)),
                ('isco', models.CharField(blank=True, max_length=4, validators=[django.core.validators.RegexValidator('^([0-9]{4})?$')])),
                ('group', models.CharField(blank=True, max_length=200)),
                ('essential', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('optional', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='WorkGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=4, unique=True, validators=[django.core.validators.RegexValidator('^[0-9]{4}$')])),
                ('name', models.CharField(max_length=200)),
                ('isco', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='FigureSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pay', 'Pay and employees'), ('demand', 'Tightness of the labour market')], max_length=8, unique=True)),
                ('source', models.CharField(max_length=200)),
                ('period', models.CharField(max_length=40)),
                ('country', models.CharField(default='NL', max_length=2)),
                ('digest', models.CharField(max_length=64)),
                ('taken_in_at', models.DateTimeField(auto_now=True)),
                ('taken_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['kind'],
            },
        ),
        migrations.CreateModel(
            name='LearningCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('title_nl', models.CharField(max_length=160)),
                ('title_en', models.CharField(blank=True, max_length=160)),
                ('school', models.CharField(max_length=160)),
                ('url', models.URLField(blank=True)),
                ('level', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(8)])),
                ('hours', models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(10000)])),
                ('cost', models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(200000)])),
                ('teaches', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None)),
                ('asks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('is_example', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('teaches__len__gt', 0)), name='course_teaches_something'), models.CheckConstraint(condition=models.Q(('level__lte', 8)), name='course_level_is_known')],
            },
        ),
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
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('taken_in_at', models.DateTimeField(auto_now_add=True)),
                ('report', models.JSONField(blank=True, default=dict)),
                ('taken_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-taken_in_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TaxonomyUpload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('content', models.BinaryField()),
                ('state', models.CharField(choices=[('waits', 'waits to be read'), ('done', 'taken in'), ('refused', 'not taken in')], default='waits', max_length=8)),
                ('problems', models.JSONField(blank=True, default=list)),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='talent.taxonomyversion')),
            ],
            options={
                'ordering': ['-given_at'],
            },
        ),
        migrations.CreateModel(
            name='KeyRedirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('to', models.CharField(max_length=200)),
                ('taxonomy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='redirects', to='talent.taxonomyversion')),
            ],
            options={
                'ordering': ['key'],
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
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=4)),
                ('region', models.CharField(blank=True, max_length=60)),
                ('values', models.JSONField(default=dict)),
                ('figures', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='talent.figureset')),
            ],
            options={
                'ordering': ['group', 'region'],
                'constraints': [models.UniqueConstraint(fields=('figures', 'group', 'region'), name='one_figure_of_a_group_in_a_region')],
            },
        ),
        migrations.AddConstraint(
            model_name='taxonomyversion',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='one_taxonomy_is_used'),
        ),
        migrations.AddConstraint(
            model_name='keyredirect',
            constraint=models.UniqueConstraint(fields=('taxonomy', 'key'), name='a_key_leads_to_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='keyredirect',
            constraint=models.CheckConstraint(condition=models.Q(('key', models.F('to')), _negated=True), name='a_key_leads_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='conceptdescription',
            constraint=models.UniqueConstraint(fields=('taxonomy', 'key', 'language'), name='one_description_in_a_language'),
        ),
    ]
