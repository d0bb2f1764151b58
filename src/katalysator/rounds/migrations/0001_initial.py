"""Matching rounds, what was ruled by hand, what was chosen, who got nothing, and what both sides said; days of talks."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('groups', '0001_initial'),
        ('introductions', '0001_initial'),
        ('listings', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MatchingRound',
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
                ('why', models.TextField(blank=True, max_length=1000)),
                ('market', models.CharField(max_length=30)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('method', models.CharField(choices=[('best', 'The best possible for all together'), ('stable', 'Without regret: the best pairs first'), ('own', 'By their own order: both sides say whom they would rather meet')], default='best', max_length=6)),
                ('least', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(95)])),
                ('area', models.CharField(blank=True, max_length=30)),
                ('region', models.CharField(blank=True, max_length=5)),
                ('per_need', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)])),
                ('per_offer', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)])),
                ('within_capacity', models.BooleanField(default=False)),
                ('per_organisation', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('kept_for', models.CharField(blank=True, choices=[('company', 'Company'), ('sme', 'Small or medium-sized company'), ('startup', 'Startup'), ('scaleup', 'Scale-up'), ('university', 'University'), ('hbo', 'University of applied sciences (hbo)'), ('mbo', 'Vocational school (mbo)'), ('institute', 'Research institute'), ('government', 'Government'), ('municipality', 'Municipality'), ('civil', 'Civil society'), ('interest', "Patients' or consumers' body"), ('investor', 'Investor'), ('association', 'Association of organisations')], max_length=12)),
                ('kept', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(50)])),
                ('least_in', models.JSONField(blank=True, default=dict)),
                ('ordered_until', models.DateField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='groups.workinggroup')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('made_at'), descending=True), models.OrderBy(models.F('id'), descending=True)],
                'indexes': [models.Index(models.OrderBy(models.F('made_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='matching_round_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'computing', 'gathered', 'ordering', 'computed', 'approved', 'sending', 'sent', 'undoing', 'undone', 'dropped'))), name='matching_round_somewhere'), models.CheckConstraint(condition=models.Q(('kept', 0), models.Q(('kept_for', ''), _negated=True), _connector='OR'), name='matching_round_kept_for_somebody'), models.CheckConstraint(condition=models.Q(('per_need__gte', 1), ('per_offer__gte', 1)), name='matching_round_of_some')],
            },
        ),
        migrations.CreateModel(
            name='MeetingDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('computed_at', models.DateTimeField(blank=True, null=True)),
                ('run', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveSmallIntegerField(default=0)),
                ('stages', models.PositiveSmallIntegerField(default=0)),
                ('figures', models.JSONField(blank=True, default=dict)),
                ('earlier', models.JSONField(blank=True, default=dict)),
                ('state', models.CharField(default='asking', max_length=10)),
                ('starts_at', models.DateTimeField()),
                ('slots', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(40)])),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(120)])),
                ('between', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(120)])),
                ('break_after', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(40)])),
                ('break_minutes', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(240)])),
                ('rooms', models.JSONField(default=list)),
                ('most', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(40)])),
                ('only_agreed', models.BooleanField(default=False)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_day', to='activities.activity')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('asking', 'computing', 'computed', 'published'))), name='meeting_day_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='MeetingGuest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('away', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None)),
                ('most', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(40)])),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='rounds.meetingday')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_days', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('day', 'person'), name='one_meeting_guest_each')],
            },
        ),
        migrations.CreateModel(
            name='MeetingTalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField()),
                ('table', models.PositiveSmallIntegerField()),
                ('is_out', models.BooleanField(default=False)),
                ('off_at', models.DateTimeField(blank=True, null=True)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks', to='rounds.meetingday')),
                ('off_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks_as_one', to=settings.AUTH_USER_MODEL)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks_as_other', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['slot', 'table', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('off_at', None)), fields=('day', 'slot', 'table'), name='one_talk_a_table'), models.UniqueConstraint(condition=models.Q(('off_at', None)), fields=('day', 'slot', 'one'), name='one_talk_a_one'), models.UniqueConstraint(condition=models.Q(('off_at', None)), fields=('day', 'slot', 'other'), name='one_talk_a_other'), models.CheckConstraint(condition=models.Q(('one', models.F('other')), _negated=True), name='meeting_talk_is_of_two')],
            },
        ),
        migrations.CreateModel(
            name='MeetingWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='rounds.meetingday')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wished_meetings', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_wishes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('day', 'person', 'other'), name='one_meeting_wish_each'), models.CheckConstraint(condition=models.Q(('person', models.F('other')), _negated=True), name='meeting_wish_is_of_two')],
            },
        ),
        migrations.CreateModel(
            name='RoundCandidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='candidates', to='rounds.matchinground')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('round', 'need', 'offer'), name='one_round_candidate_each')],
            },
        ),
        migrations.CreateModel(
            name='RoundOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('refused', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('rest_by_score', models.BooleanField(default=False)),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='orders', to='rounds.matchinground')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('round', 'listing'), name='one_round_order_each')],
            },
        ),
        migrations.CreateModel(
            name='RoundPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField()),
                ('refused', models.TextField(blank=True)),
                ('introduction', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='round_pair', to='introductions.introduction')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='rounds.matchinground')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('score'), descending=True), 'id'],
                'indexes': [models.Index(models.F('round'), models.OrderBy(models.F('score'), descending=True), models.F('id'), name='round_pair_best')],
                'constraints': [models.UniqueConstraint(fields=('round', 'need', 'offer'), name='one_round_pair_each')],
            },
        ),
        migrations.CreateModel(
            name='RoundRuling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_fixed', models.BooleanField()),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rulings', to='rounds.matchinground')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('round', 'need', 'offer'), name='one_ruling_each')],
            },
        ),
        migrations.CreateModel(
            name='RoundShortfall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=5)),
                ('reason', models.CharField(choices=[('nothing', 'Nothing in the market fits'), ('not-now', 'What fits it meets already, or takes no proposals now'), ('least', 'What fits is below the lowest chance of this round'), ('hand', 'What fits was ruled out by hand'), ('own', 'Its organisation has its most'), ('theirs', 'The organisations that fit have their most'), ('kept', 'The places that are left are kept for others'), ('taken', 'What fits went to others'), ('silent', 'Nobody said in which order it would meet others'), ('orders', 'By the orders of both sides nothing was left')], max_length=8)),
                ('score', models.FloatField(default=0.0)),
                ('best', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='listings.listing')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shortfalls', to='rounds.matchinground')),
            ],
            options={
                'ordering': [models.F('kind'), models.OrderBy(models.F('score'), descending=True), 'id'],
                'indexes': [models.Index(models.F('round'), models.F('kind'), models.OrderBy(models.F('score'), descending=True), models.F('id'), name='shortfall_best')],
                'constraints': [models.UniqueConstraint(fields=('round', 'listing'), name='one_shortfall_each')],
            },
        ),
    ]
