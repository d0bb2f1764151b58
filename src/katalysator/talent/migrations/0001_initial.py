"""Taxonomies of work, skill profiles, cohorts, lists of people, pilots, and what guards them."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
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
            name='ProfileSkill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('label', models.CharField(max_length=300)),
                ('language', models.CharField(blank=True, max_length=5)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['label', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TitleMeasurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('run', models.PositiveIntegerField(default=0)),
                ('runs', models.BooleanField(default=False)),
                ('done', models.PositiveIntegerField(default=0)),
                ('of', models.PositiveIntegerField(default=0)),
                ('figures', models.JSONField(blank=True, default=dict)),
                ('engine', models.CharField(blank=True, max_length=40)),
                ('measured_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
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
                'constraints': [models.UniqueConstraint(fields=('consultation', 'key'), name='one_key_in_a_list'), models.UniqueConstraint(fields=('consultation', 'person'), name='once_in_a_list'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='decision_has_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='FigureSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pay', 'Pay and employees'), ('demand', 'Tightness of the labour market'), ('open', 'Open vacancies by branch')], max_length=8, unique=True)),
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
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['key'],
                'constraints': [models.UniqueConstraint(fields=('school', 'title_nl'), name='one_course_by_title', violation_error_message='This school has a course with this title already.'), models.CheckConstraint(condition=models.Q(('teaches__len__gt', 0)), name='course_teaches_something'), models.CheckConstraint(condition=models.Q(('level__lte', 8)), name='course_level_is_known')],
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
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='one_pilot_of_a_name_each'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='pilot_ends_after_it_starts')],
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
            options={
                'indexes': [models.Index(fields=['person'], name='learning_stage_of_person')],
                'constraints': [models.UniqueConstraint(fields=('pilot', 'person', 'stage'), name='one_stage_of_a_person_in_a_pilot'), models.CheckConstraint(condition=models.Q(('stage__range', (1, 4))), name='stage_is_known')],
            },
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
                'constraints': [models.UniqueConstraint(models.F('ended_at'), condition=models.Q(('ended_at', None)), name='one_stop_at_a_time', nulls_distinct=False)],
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
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('received', 'looked-at')), models.Q(('answer', ''), _negated=True), _connector='OR'), name='objection_is_answered_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='SkillEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('peer', 'A colleague'), ('assessed', 'A school or institute'), ('certificate', 'Diploma or certificate')], max_length=11)),
                ('state', models.CharField(max_length=9)),
                ('sentence', models.CharField(blank=True, max_length=300)),
                ('issuer', models.CharField(blank=True, max_length=160)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('file_key', models.UUIDField(blank=True, null=True, unique=True)),
                ('file_name', models.CharField(blank=True, max_length=100)),
                ('file_kind', models.CharField(blank=True, choices=[('pdf', 'PDF'), ('png', 'PNG'), ('jpg', 'JPEG'), ('docx', 'Word'), ('xlsx', 'Excel'), ('pptx', 'PowerPoint'), ('odt', 'OpenDocument'), ('csv', 'CSV'), ('txt', 'Text'), ('md', 'Markdown')], max_length=4)),
                ('file_size', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='asked_evidence', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalition.organisation')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='talent.profileskill')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('level', 'certificate'), ('state', 'stated')), models.Q(models.Q(('level', 'certificate'), _negated=True), ('state__in', ('asked', 'confirmed', 'declined', 'withdrawn'))), _connector='OR'), name='only_a_certificate_is_stated'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('issued_on', None), ('valid_until__gte', models.F('issued_on')), _connector='OR'), name='evidence_is_valid_after_it_was_issued'), models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'confirmed'))), fields=('skill', 'asked'), name='one_open_question_to_a_peer'), models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'confirmed'))), fields=('skill', 'organisation'), name='one_open_question_to_an_assessor')],
            },
        ),
        migrations.CreateModel(
            name='SkillProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hours', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)])),
                ('region', models.CharField(blank=True, max_length=5)),
                ('level', models.CharField(blank=True, choices=[('mbo', 'Vocational (mbo)'), ('hbo', 'Applied sciences (hbo)'), ('bachelor', 'University bachelor'), ('master', 'University master'), ('phd', 'Doctoral')], max_length=8)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('touched_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='skill_profile', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='profileskill',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skills', to='talent.skillprofile'),
        ),
        migrations.CreateModel(
            name='ProfileOccupation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('label', models.CharField(max_length=300)),
                ('language', models.CharField(blank=True, max_length=5)),
                ('from_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1940), django.core.validators.MaxValueValidator(2200)])),
                ('until_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1940), django.core.validators.MaxValueValidator(2200)])),
                ('hours', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)])),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupations', to='talent.skillprofile')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('from_year'), descending=True, nulls_last=True), 'id'],
                'constraints': [models.UniqueConstraint(fields=('profile', 'key', 'from_year'), name='one_occupation_from_a_year', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('from_year', None), ('until_year', None), ('until_year__gte', models.F('from_year')), _connector='OR'), name='occupation_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='ProfileLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_bureau', models.BooleanField(default=False)),
                ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('internship', 'An internship'), ('teaching', 'Teaching'), ('job', 'A job'), ('retraining', 'Retraining'), ('research', 'A research position')], max_length=10), default=list, size=None)),
                ('on', models.DateField()),
                ('times', models.PositiveIntegerField(default=1)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='coalition.organisation')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to='talent.skillprofile')),
            ],
            options={
                'ordering': ['-on', '-id'],
                'constraints': [models.UniqueConstraint(fields=('profile', 'person', 'on'), name='one_look_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ProfileConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_bureau', models.BooleanField(default=False)),
                ('purpose', models.CharField(choices=[('internship', 'An internship'), ('teaching', 'Teaching'), ('job', 'A job'), ('retraining', 'Retraining'), ('research', 'A research position')], max_length=10)),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('skills', 'Skills'), ('evidence', 'What speaks for them'), ('occupations', 'Occupations'), ('wanted', 'What is wanted')], max_length=11), size=None)),
                ('until', models.DateField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='profile_consents', to='coalition.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='profile_consents', to=settings.AUTH_USER_MODEL)),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='talent.skillprofile')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('is_bureau', False), ('organisation', None), ('person__isnull', False)), models.Q(('is_bureau', False), ('organisation__isnull', False), ('person', None)), models.Q(('is_bureau', True), ('organisation', None), ('person', None)), _connector='OR'), name='consent_is_to_one'), models.CheckConstraint(condition=models.Q(('parts', []), _negated=True), name='consent_is_to_something')],
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
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='one_taxonomy_is_used')],
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
                'constraints': [models.UniqueConstraint(fields=('taxonomy', 'key'), name='a_key_leads_to_one_thing'), models.CheckConstraint(condition=models.Q(('key', models.F('to')), _negated=True), name='a_key_leads_elsewhere')],
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
            options={
                'constraints': [models.UniqueConstraint(fields=('taxonomy', 'key', 'language'), name='one_description_in_a_language')],
            },
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
                'constraints': [models.CheckConstraint(condition=models.Q(('age', ''), ('gender', ''), _negated=True), name='volunteered_something')],
            },
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
            model_name='profileskill',
            constraint=models.UniqueConstraint(fields=('profile', 'key'), name='one_profile_skill_each'),
        ),
    ]
