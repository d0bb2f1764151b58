"""Questions, who got them, and what was said."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import katalysator.core.language
import katalysator.core.models
import pgvector.django.bit
from django.conf import settings
from django.db import migrations, models

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('coalition', '0001_initial'),
        ('groups', '0001_initial'),
        ('knowledge', '0001_initial'),
        ('readings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.BinaryField(default=katalysator.core.models.new_salt, max_length=32)),
                ('meant', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None)),
                ('signs', pgvector.django.bit.BitField(editable=False, length=512, null=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(choices=katalysator.core.language.language_choices, max_length=12)),
                ('text_language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], max_length=2)),
                ('title', models.CharField(max_length=160)),
                ('text', models.TextField(blank=True, max_length=4000)),
                ('block', models.CharField(blank=True, choices=[('talent', 'Talent'), ('research', 'Research'), ('data', 'Data'), ('trust', 'Trust'), ('growth', 'Growth')], max_length=10)),
                ('visibility', models.CharField(choices=[('private', 'Only for who answers'), ('offered', 'May be shown to everybody'), ('public', 'Everybody may read it'), ('hidden', 'Hidden by the bureau')], default='private', max_length=8)),
                ('state', models.CharField(default='asked', max_length=10)),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', 'text', config='dutch'), '||', django.contrib.postgres.search.SearchVector('title', 'text', config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='coalition.area')),
                ('asker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to=settings.AUTH_USER_MODEL)),
                ('knowledge', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='questions', to='knowledge.knowledgeitem')),
                ('reading', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading')),
            ],
            options={
                'ordering': ['-asked_at', '-id'],
                'indexes': [models.Index(fields=['state', 'asked_at'], name='question_queue'), models.Index(models.OrderBy(models.F('asked_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('visibility', 'public')), name='question_list'), django.contrib.postgres.indexes.GinIndex(fields=['meant'], name='question_meant'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='question_search')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='question_asks_something'), models.CheckConstraint(condition=models.Q(('asker__isnull', True), ('email', ''), _connector='OR'), name='question_of_one_asker'), models.CheckConstraint(condition=models.Q(models.Q(('visibility', 'public'), _negated=True), ('state__in', ('waiting', 'with', 'answered', 'closed')), _connector='OR'), name='question_public_while_shown'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='question_answered_some_time')],
            },
        ),
        migrations.CreateModel(
            name='Routing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shared', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('as_contact', models.BooleanField(default=False)),
                ('routed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('answered', 'Answered'), ('refused', 'Not for them'), ('late', 'No answer in time'), ('moved', 'Sent to somebody else'), ('over', 'Not needed any more')], max_length=10)),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='questions_got', to='groups.workinggroup')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='questions_got', to='coalition.organisation')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='routings', to='questions.question')),
                ('sender', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('group__isnull', True), _connector='XOR'), name='routing_to_one'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='routing_ends_somehow'), models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('question',), name='question_with_one_at_a_time'), models.UniqueConstraint(condition=models.Q(('outcome__in', ['', 'refused'])), fields=('question', 'organisation'), name='question_never_again_to_organisation'), models.UniqueConstraint(condition=models.Q(('outcome__in', ['', 'refused'])), fields=('question', 'group'), name='question_never_again_to_group')],
            },
        ),
        migrations.AddField(
            model_name='question',
            name='routing',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='now_of', to='questions.routing'),
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', 'Answer'), ('more', 'More from who asked')], max_length=6)),
                ('text', models.TextField(max_length=8000)),
                ('visibility', models.CharField(choices=[('private', 'Only for who answers'), ('offered', 'May be shown to everybody'), ('public', 'Everybody may read it'), ('hidden', 'Hidden by the bureau')], default='private', max_length=8)),
                ('helped', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='groups.workinggroup')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='coalition.organisation')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='questions.question')),
            ],
            options={
                'verbose_name_plural': 'replies',
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='reply_says_something'), models.CheckConstraint(condition=models.Q(('kind', 'answer'), models.Q(('group__isnull', True), ('helped', False), ('organisation__isnull', True)), _connector='OR'), name='reply_of_asker_is_no_answer'), models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('group__isnull', True), _connector='OR'), name='reply_for_one')],
            },
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'with'), _negated=True), ('routing__isnull', False), _connector='OR'), name='question_with_somebody'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['asked', 'waiting']), _negated=True), ('routing__isnull', True), _connector='OR'), name='question_waiting_is_with_nobody'),
        ),
        watched('questions_question'),
        watched('questions_reply'),
    ]
