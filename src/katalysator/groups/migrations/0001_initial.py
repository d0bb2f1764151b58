"""Working groups, their members and papers, and stewards of corners."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import katalysator.core.translated
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
        ('readings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'Member'), ('secretary', 'Secretary'), ('chair', 'Chair')], default='member', max_length=10)),
                ('state', models.CharField(max_length=10)),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='group_memberships', to='coalition.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='WorkingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('about', katalysator.core.translated.TranslatedField(blank=True, default=katalysator.core.translated.Translated)),
                ('blocks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('talent', 'Talent'), ('research', 'Research'), ('data', 'Data'), ('trust', 'Trust'), ('growth', 'Growth')], max_length=10), blank=True, default=list, size=None)),
                ('enrolment', models.CharField(choices=[('open', 'Everybody of a participant can join'), ('request', 'You ask, and the chair lets you in'), ('invitation', 'The chair invites')], default='open', max_length=10)),
                ('readers', models.CharField(choices=[('everybody', 'Everybody'), ('participants', 'People of participants'), ('members', 'Members of the group')], default='participants', max_length=12)),
                ('state', models.CharField(default='proposed', max_length=10)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('sort_name', models.GeneratedField(db_persist=True, expression=models.Func('name', function='coalition_sort_key'), output_field=models.TextField(db_collation='C'))),
                ('areas', models.ManyToManyField(blank=True, related_name='working_groups', to='coalition.area')),
                ('hub', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='working_groups', to='coalition.hub')),
            ],
            options={
                'ordering': ['sort_name', 'id'],
                'indexes': [models.Index(fields=['state', 'sort_name', 'id'], name='working_group_list')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='working_group_has_a_name'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'active', 'resting', 'ended', 'declined'])), name='working_group_state')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meant', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None)),
                ('signs', pgvector.django.bit.BitField(editable=False, length=512, null=True)),
                ('starts_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('agenda', models.TextField(blank=True, max_length=5000)),
                ('minutes', models.TextField(blank=True, max_length=30000)),
                ('state', models.CharField(default='planned', max_length=10)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='groups.workinggroup')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('place', 'agenda', 'minutes', config='dutch'), '||', django.contrib.postgres.search.SearchVector('place', 'agenda', 'minutes', config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('reading', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading')),
            ],
            options={
                'ordering': ['-starts_at', '-id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='meeting_search'), models.Index(fields=['group', 'starts_at'], name='meeting_of_group')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'cancelled']), models.Q(('minutes', ''), _negated=True), _connector='XOR'), name='meeting_has_minutes_when_written')],
            },
        ),
        migrations.CreateModel(
            name='GroupTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=300)),
                ('due', models.DateField(blank=True, null=True)),
                ('state', models.CharField(default='open', max_length=10)),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to='groups.groupmembership')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to='groups.meeting')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='groups.workinggroup')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('due'), nulls_last=True), 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='group_task_says_something')],
            },
        ),
        migrations.AddField(
            model_name='groupmembership',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='groups.workinggroup'),
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meant', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None)),
                ('signs', pgvector.django.bit.BitField(editable=False, length=512, null=True)),
                ('on', models.DateField()),
                ('year', models.GeneratedField(db_persist=True, expression=django.db.models.functions.datetime.ExtractYear('on'), output_field=models.PositiveSmallIntegerField())),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField(max_length=5000)),
                ('state', models.CharField(default='taken', max_length=10)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='groups.meeting')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='groups.workinggroup')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('text', config='dutch'), '||', django.contrib.postgres.search.SearchVector('text', config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('reading', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='decision_search')],
                'ordering': ['-year', '-number'],
                'constraints': [models.UniqueConstraint(fields=('group', 'year', 'number'), name='one_decision_of_a_number'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='decision_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Steward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(choices=[('chair', 'Chair'), ('contact', 'Contact point')], max_length=10)),
                ('block', models.CharField(blank=True, choices=[('talent', 'Talent'), ('research', 'Research'), ('data', 'Data'), ('trust', 'Trust'), ('growth', 'Growth')], default='', max_length=10)),
                ('shows_address', models.BooleanField(default=False)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stewards', to='coalition.area')),
                ('hub', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stewards', to='coalition.hub')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stewardships', to='coalition.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stewardships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['duty', 'id'],
                'constraints': [models.UniqueConstraint(fields=('duty', 'area', 'block', 'hub', 'organisation', 'person'), name='one_steward_each', nulls_distinct=False), models.UniqueConstraint(condition=models.Q(('duty', 'chair')), fields=('area', 'block', 'hub'), name='one_chair_of_a_corner', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('area__isnull', True), ('block', ''), ('hub__isnull', False)), models.Q(('hub__isnull', True), models.Q(('area__isnull', True), ('block', ''), _negated=True)), _connector='OR'), name='steward_of_one_corner'), models.CheckConstraint(condition=models.Q(('person__isnull', False), ('shows_address', False), _connector='OR'), name='steward_shows_own_address')],
            },
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.UniqueConstraint(fields=('group', 'person'), name='one_group_membership_each'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'chair')), fields=('group',), name='one_chair_of_a_group'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.CheckConstraint(condition=models.Q(('role', 'member'), ('state', 'inside'), _connector='OR'), name='group_role_is_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'asked', 'inside'])), name='group_membership_state'),
        ),
        watched('groups_workinggroup'),
        watched('groups_workinggroup_areas'),
        watched('groups_groupmembership'),
        watched('groups_steward'),
        watched('groups_meeting', by='state'),
        watched('groups_decision', by='state'),
    ]
