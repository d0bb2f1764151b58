"""An index is read alone only where the table was vacuumed: early, though few rows change.

The scan reads every meaning: it stays in the row.
"""

import django.db.models.deletion
import katalysator.matches.models
import katalysator.readings.models
import pgvector.django.sparsevec
from django.db import migrations, models

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('listings', '0001_initial'),
        ('readings', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MarketAllocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('market', models.CharField(max_length=30)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('pairs', models.PositiveIntegerField()),
                ('placed', models.PositiveIntegerField()),
                ('value', models.FloatField()),
                ('bound', models.FloatField()),
            ],
            options={
                'get_latest_by': 'at',
                'indexes': [models.Index(fields=['market', '-at'], name='allocation_latest')],
            },
        ),
        migrations.CreateModel(
            name='PairJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('need', models.CharField(max_length=32)),
                ('offer', models.CharField(max_length=32)),
                ('judge', models.CharField(max_length=300)),
                ('grade', models.PositiveSmallIntegerField(null=True)),
                ('why', models.TextField(blank=True)),
                ('flagged', models.BooleanField(default=False)),
                ('at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('judge', 'need', 'offer'), name='one_judgement_per_pair'), models.CheckConstraint(condition=models.Q(('grade', None), models.Q(('flagged', False), ('grade__lte', 3)), _connector='OR'), name='judgement_is_a_grade')],
            },
        ),
        migrations.CreateModel(
            name='MarketEntry',
            fields=[
                ('listing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='listings.listing')),
                ('kind', models.CharField(max_length=5)),
                ('market', models.CharField(max_length=30)),
                ('meaning', katalysator.readings.models.MeaningField(dimensions=512)),
                ('about', pgvector.django.sparsevec.SparseVectorField(default=katalysator.matches.models.about_nothing, dimensions=1048576)),
                ('mean', models.FloatField(default=0.16)),
                ('spread', models.FloatField(default=0.08)),
                ('careful_mean', models.FloatField(default=0.813)),
                ('careful_spread', models.FloatField(default=0.016)),
                ('others', models.PositiveIntegerField(default=0)),
                ('careful_others', models.PositiveIntegerField(default=0)),
                ('encoder', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='readings.carefulencoder')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='readings.reading')),
            ],
            options={
                'indexes': [models.Index(fields=['market', 'kind', 'listing'], include=('meaning', 'about', 'mean', 'spread'), name='entry_scan')],
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('market', models.CharField(max_length=30)),
                ('score', models.FloatField()),
                ('parts', models.JSONField()),
                ('seats', models.PositiveIntegerField(default=0)),
                ('found_at', models.DateTimeField(auto_now=True)),
                ('need', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='matches_as_need', to='listings.listing')),
                ('offer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='matches_as_offer', to='listings.listing')),
            ],
            options={
                'indexes': [models.Index(fields=['need', '-score'], name='match_need'), models.Index(fields=['offer', '-score'], name='match_offer'), models.Index(fields=['market'], name='match_market')],
                'constraints': [models.UniqueConstraint(fields=('need', 'offer'), name='one_match_per_pair'), models.CheckConstraint(condition=models.Q(('need', models.F('offer')), _negated=True), name='match_is_two')],
            },
        ),
        migrations.CreateModel(
            name='ToldMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('need', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listings.listing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('need', 'offer'), name='match_is_told_once')],
            },
        ),
        migrations.CreateModel(
            name='GapCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('inside', models.BooleanField()),
                ('market', models.CharField(blank=True, max_length=30)),
                ('area', models.CharField(blank=True, max_length=30)),
                ('needs', models.PositiveIntegerField()),
                ('unserved', models.PositiveIntegerField()),
                ('offers', models.PositiveIntegerField()),
                ('unused', models.PositiveIntegerField()),
                ('empty', models.PositiveIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('inside', 'market', 'area', 'day'), name='one_gap_count_a_day')],
            },
        ),
        migrations.RunSQL(
            """
            ALTER TABLE matches_marketentry ALTER COLUMN meaning SET STORAGE PLAIN;
            ALTER TABLE matches_marketentry SET (
                autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02
            );
            """,
            """
            ALTER TABLE matches_marketentry RESET (
                autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor
            );
            """,
        ),
        watched('matches_marketentry', by='market kind'),
        watched('matches_match', by='market'),
        watched('matches_pairjudgement'),
    ]
