"""What is held, who comes, and what people would like most."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import pgvector.django.bit
import uuid
from django.conf import settings
from django.db import migrations, models

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('coalition', '0001_initial'),
        ('groups', '0001_initial'),
        ('readings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivitySeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rhythm', models.CharField(choices=[('weekly', 'Every week'), ('monthly', 'Every month'), ('days', 'On days that I name')], max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name='ActivityChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('state', models.CharField(default='open', max_length=10)),
                ('seed', models.BigIntegerField(blank=True, null=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='coalition.organisation')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meant', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None)),
                ('signs', pgvector.django.bit.BitField(editable=False, length=512, null=True)),
                ('kind', models.CharField(choices=[('fieldlab', 'Fieldlab'), ('pilot', 'Pilot'), ('hackathon', 'Hackathon'), ('lecture', 'Lecture'), ('course', 'Course'), ('internship', 'Internship'), ('workshop', 'Workshop'), ('publication', 'Publication')], max_length=12)),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField(max_length=5000)),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], max_length=2)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('blocks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('talent', 'Talent'), ('research', 'Research'), ('data', 'Data'), ('trust', 'Trust'), ('growth', 'Growth')], max_length=10), blank=True, default=list, size=None)),
                ('mode', models.CharField(choices=[('site', 'On the spot'), ('online', 'Online'), ('both', 'On the spot and online')], max_length=6)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('region', models.CharField(blank=True, max_length=5)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('capacity', models.PositiveIntegerField(blank=True, null=True)),
                ('policy', models.CharField(choices=[('open', 'Who registers has a place'), ('request', 'Who registers asks for a place'), ('invitation', 'Only who is invited'), ('none', 'No registration is needed')], default='open', max_length=10)),
                ('visibility', models.CharField(choices=[('everyone', 'Everyone'), ('participants', 'Participants of the coalition')], default='everyone', max_length=12)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('outcome', models.TextField(blank=True, max_length=5000)),
                ('lessons', models.TextField(blank=True, max_length=5000)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', 'place', 'text', 'outcome', 'lessons', config='dutch'), '||', django.contrib.postgres.search.SearchVector('title', 'place', 'text', 'outcome', 'lessons', config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='coalition.organisation')),
                ('choice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='activities', to='activities.activitychoice')),
                ('reading', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='activities', to='groups.workinggroup')),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='activities', to='activities.activityseries')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'indexes': [models.Index(fields=['state', 'starts_at', 'id'], name='activity_agenda'), models.Index(fields=['state', 'ends_at'], name='activity_end'), models.Index(fields=['visibility', 'state'], include=('id', 'signs'), name='activity_nearest'), django.contrib.postgres.indexes.GinIndex(fields=['meant'], name='activity_meant'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='activity_search')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='activity_lasts'), models.CheckConstraint(condition=models.Q(('closes_at__isnull', True), ('closes_at__lte', models.F('ends_at')), _connector='OR'), name='activity_closes_before_it_ends'), models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gt', 0), _connector='OR'), name='activity_has_places'), models.CheckConstraint(condition=models.Q(('mode', 'online'), models.Q(('place', ''), _negated=True), ('state', 'draft'), _connector='OR'), name='activity_is_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='CalendarKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calendar_keys', to='groups.workinggroup')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_keys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'group'), name='one_calendar_key_each', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='CoOrganiser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_organisers', to='activities.activity')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_organised', to='coalition.organisation')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'organisation'), name='one_co_organiser_each')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=10)),
                ('turn', models.PositiveIntegerField(blank=True, null=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='activities.activity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['turn', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'placed', 'waiting', 'invited', 'attended', 'absent'))), fields=('activity', 'person'), name='one_open_enrolment_each'), models.UniqueConstraint(fields=('activity', 'turn'), name='one_turn_each'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('turn__isnull', False), _connector='OR'), name='who_waits_has_a_turn')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField()),
                ('is_given', models.BooleanField(default=False)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to='activities.activity')),
                ('choice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to='activities.activitychoice')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['rank', 'id'],
                'constraints': [models.UniqueConstraint(fields=('choice', 'person', 'activity'), name='each_activity_ranked_once'), models.UniqueConstraint(fields=('choice', 'person', 'rank'), name='each_rank_once'), models.UniqueConstraint(condition=models.Q(('is_given', True)), fields=('choice', 'person'), name='one_activity_given_each')],
            },
        ),
        migrations.CreateModel(
            name='ActivityKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheet_keys', to='activities.activity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='activity_key_once')],
            },
        ),
        watched('activities_activity'),
        watched('activities_coorganiser'),
    ]
