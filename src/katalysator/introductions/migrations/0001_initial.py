"""Introductions, their parties, what they say and what they are to do; whom organisations do not meet."""

import django.db.models.deletion
import django.utils.timezone
import katalysator.core.models
from django.conf import settings
from django.db import migrations, models

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('coalition', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('groups', '0001_initial'),
        ('knowledge', '0001_initial'),
        ('listings', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Introduction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.BinaryField(default=katalysator.core.models.new_salt, max_length=32)),
                ('state', models.CharField(default='proposed', max_length=10)),
                ('why', models.TextField(blank=True, max_length=1000)),
                ('by_bureau', models.BooleanField(default=False)),
                ('met_outside', models.BooleanField(default=False)),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('stirred_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('happened', models.JSONField(blank=True, default=list, editable=False)),
                ('nudges', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, choices=[('subject', 'Another subject'), ('direction', 'Both ask, or both offer'), ('place', 'Wrong place or period'), ('size', 'Too big or too small'), ('known', 'We know each other already'), ('time', 'No time or room for it now'), ('terms', 'No agreement on money or conditions'), ('found', 'We found somebody else'), ('other', 'Something else')], max_length=9)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('outcome', models.CharField(blank=True, choices=[('project', 'A project together'), ('hire', 'Somebody hired, or placed'), ('course', 'A course or training'), ('data', 'A contract to share data'), ('pilot', 'A pilot or trial'), ('investment', 'An investment'), ('other', 'Something else')], max_length=10)),
                ('summary', models.TextField(blank=True, max_length=2000)),
                ('lesson', models.TextField(blank=True, max_length=2000)),
                ('result_at', models.DateField(blank=True, null=True)),
                ('knowledge', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.knowledgeitem')),
                ('proposer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('stirred_at'), descending=True), models.OrderBy(models.F('id'), descending=True)],
                'indexes': [models.Index(models.OrderBy(models.F('stirred_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='introduction_newest'), models.Index(fields=['state', 'stirred_at'], name='introduction_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('proposed', 'introduced', 'talking', 'agreed', 'result', 'ended', 'declined', 'lapsed', 'withdrawn'))), name='introduction_is_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'result'), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='introduction_result_is_told')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=160)),
                ('answer', models.CharField(blank=True, choices=[('', 'Not answered yet'), ('yes', 'Said yes'), ('no', 'Said no'), ('left', 'Left')], default='', max_length=4)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, choices=[('subject', 'Another subject'), ('direction', 'Both ask, or both offer'), ('place', 'Wrong place or period'), ('size', 'Too big or too small'), ('known', 'We know each other already'), ('time', 'No time or room for it now'), ('terms', 'No agreement on money or conditions'), ('found', 'We found somebody else'), ('other', 'Something else')], max_length=9)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('is_anonymous', models.BooleanField(default=False)),
                ('described', models.CharField(blank=True, max_length=200)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('introduction', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='introductions.introduction')),
                ('listing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='introductions', to='listings.listing')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='introductions', to='coalition.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='introductions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('person', None)), fields=('introduction', 'organisation'), name='party_organisation_once'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('introduction', 'person'), name='party_person_once'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('organisation__isnull', False)), models.Q(('listing', None), ('organisation', None), ('person', None), models.Q(('name', ''), _negated=True)), _connector='OR'), name='party_is_one'), models.CheckConstraint(condition=models.Q(('is_anonymous', False), models.Q(('described', ''), _negated=True), _connector='OR'), name='party_hidden_is_described'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='party_answered_some_time')],
            },
        ),
        migrations.CreateModel(
            name='NextStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('step', 'Next step'), ('milestone', 'Milestone')], default='step', max_length=9)),
                ('what', models.CharField(max_length=200)),
                ('due', models.DateField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('introduction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='introductions.introduction')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='introductions.party')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('due'), nulls_last=True), 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='next_step_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ThreadMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=5000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('mail_id', models.CharField(blank=True, max_length=64)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('introduction', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='introductions.introduction')),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='introductions.party')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['introduction', 'id'], name='thread_message_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='thread_message_says_something'), models.UniqueConstraint(condition=models.Q(('mail_id', ''), _negated=True), fields=('introduction', 'mail_id'), name='thread_message_mail_once')],
            },
        ),
        migrations.CreateModel(
            name='MeetingPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField()),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalition.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='MeetingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('market', models.CharField(blank=True, max_length=30)),
                ('asking', models.CharField(blank=True, choices=[('company', 'Company'), ('sme', 'Small or medium-sized company'), ('startup', 'Startup'), ('scaleup', 'Scale-up'), ('university', 'University'), ('hbo', 'University of applied sciences (hbo)'), ('mbo', 'Vocational school (mbo)'), ('institute', 'Research institute'), ('government', 'Government'), ('municipality', 'Municipality'), ('civil', 'Civil society'), ('interest', "Patients' or consumers' body"), ('investor', 'Investor'), ('association', 'Association of organisations')], max_length=12)),
                ('asking_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.workinggroup')),
                ('asked', models.CharField(blank=True, choices=[('company', 'Company'), ('sme', 'Small or medium-sized company'), ('startup', 'Startup'), ('scaleup', 'Scale-up'), ('university', 'University'), ('hbo', 'University of applied sciences (hbo)'), ('mbo', 'Vocational school (mbo)'), ('institute', 'Research institute'), ('government', 'Government'), ('municipality', 'Municipality'), ('civil', 'Civil society'), ('interest', "Patients' or consumers' body"), ('investor', 'Investor'), ('association', 'Association of organisations')], max_length=12)),
                ('asked_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.workinggroup')),
            ],
            options={
                'ordering': ['market', 'asking', 'asking_group', 'asked', 'asked_group', 'id'],
                'constraints': [models.UniqueConstraint(fields=('market', 'asking', 'asking_group', 'asked', 'asked_group'), name='meeting_rule_said_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('asking', ''), ('asking_group', None), _connector='XOR'), name='meeting_rule_asking_is_one'), models.CheckConstraint(condition=models.Q(('asked', ''), ('asked_group', None), _connector='XOR'), name='meeting_rule_asked_is_one')],
            },
        ),
        migrations.CreateModel(
            name='KeptApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalition.organisation')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalition.organisation')),
            ],
            options={
                'ordering': ['until', 'id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'other'), name='kept_apart_once'), models.CheckConstraint(condition=models.Q(('organisation', models.F('other')), _negated=True), name='kept_apart_is_of_two')],
            },
        ),
        migrations.CreateModel(
            name='NeverMeet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalition.organisation')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalition.organisation')),
            ],
            options={
                'ordering': ['other__sort_name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'other'), name='never_meet_once'), models.CheckConstraint(condition=models.Q(('organisation', models.F('other')), _negated=True), name='never_meet_is_of_two')],
            },
        ),
        *(watched(f'introductions_{name}', about='apart') for name in ('keptapart', 'meetingrule', 'nevermeet')),
    ]
