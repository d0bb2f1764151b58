"""The tables of talent."""

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
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('internship', 'An internship'), ('teaching', 'Teaching'), ('job', 'A job'), ('retraining', 'Retraining'), ('research', 'A research position')], max_length=10)),
                ('opening', models.CharField(max_length=200)),
                ('occupation', models.CharField(max_length=200)),
                ('taxonomy', models.CharField(max_length=64)),
                ('method', models.CharField(max_length=60)),
                ('engine', models.CharField(max_length=40)),
                ('input_digest', models.CharField(max_length=64)),
                ('shown_digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('scores_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consultations', to='coalition.organisation')),
                ('viewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ConsultedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=8)),
                ('held', models.JSONField(blank=True, default=dict)),
                ('has', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('lacks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('gained', models.BigIntegerField()),
                ('asked', models.BigIntegerField()),
                ('decision', models.CharField(blank=True, choices=[('invite', 'Invite'), ('later', 'Not now'), ('no', 'Not for this')], max_length=6)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='talent.consultation')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='consulted_in', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['consultation', 'key'],
            },
        ),
        migrations.CreateModel(
            name='LearningPilot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('region', models.CharField(max_length=5)),
                ('skill_group', models.CharField(max_length=120)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('target', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3000000)])),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='learning_pilots', to='coalition.organisation')),
                ('sector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalition.area')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LearningStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.BinaryField(max_length=32)),
                ('stage', models.PositiveSmallIntegerField(choices=[(1, 'Reached'), (2, 'Started'), (3, 'Completed'), (4, 'Placed')])),
                ('on', models.DateField()),
                ('pilot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='talent.learningpilot')),
            ],
        ),
        migrations.CreateModel(
            name='ListStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.CharField(max_length=500)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000)),
                ('state', models.CharField(default='received', max_length=9)),
                ('answer', models.TextField(blank=True, max_length=2000)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due', models.DateField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consulted', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='objection', to='talent.consultedperson')),
            ],
            options={
                'ordering': ['due', 'id'],
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
            name='VolunteeredGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gender', models.CharField(blank=True, choices=[('woman', 'Woman'), ('man', 'Man'), ('other', 'Otherwise')], max_length=5)),
                ('age', models.CharField(blank=True, choices=[('under-30', 'Under 30'), ('30-49', '30 to 49'), ('50-up', '50 or older')], max_length=8)),
                ('told_on', models.DateField(default=django.utils.timezone.localdate)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='volunteered_group', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='consultedperson',
            constraint=models.UniqueConstraint(fields=('consultation', 'key'), name='one_key_in_a_list'),
        ),
        migrations.AddConstraint(
            model_name='consultedperson',
            constraint=models.UniqueConstraint(fields=('consultation', 'person'), name='once_in_a_list'),
        ),
        migrations.AddConstraint(
            model_name='consultedperson',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='decision_has_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='learningpilot',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='one_pilot_of_a_name_each'),
        ),
        migrations.AddConstraint(
            model_name='learningpilot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='pilot_ends_after_it_starts'),
        ),
        migrations.AddIndex(
            model_name='learningstage',
            index=models.Index(fields=['person'], name='learning_stage_of_person'),
        ),
        migrations.AddConstraint(
            model_name='learningstage',
            constraint=models.UniqueConstraint(fields=('pilot', 'person', 'stage'), name='one_stage_of_a_person_in_a_pilot'),
        ),
        migrations.AddConstraint(
            model_name='learningstage',
            constraint=models.CheckConstraint(condition=models.Q(('stage__range', (1, 4))), name='stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='liststop',
            constraint=models.UniqueConstraint(models.F('ended_at'), condition=models.Q(('ended_at', None)), name='one_stop_at_a_time', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('received', 'looked-at')), models.Q(('answer', ''), _negated=True), _connector='OR'), name='objection_is_answered_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='taxonomyversion',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='one_taxonomy_is_used'),
        ),
        migrations.AddConstraint(
            model_name='conceptdescription',
            constraint=models.UniqueConstraint(fields=('taxonomy', 'key', 'language'), name='one_description_in_a_language'),
        ),
        migrations.AddConstraint(
            model_name='volunteeredgroup',
            constraint=models.CheckConstraint(condition=models.Q(('age', ''), ('gender', ''), _negated=True), name='volunteered_something'),
        ),
    ]
