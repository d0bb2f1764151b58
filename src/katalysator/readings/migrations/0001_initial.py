import django.contrib.postgres.fields
import django.db.models.deletion
import katalysator.readings.models
import pgvector.django
from django.db import migrations, models

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
    ]

    operations = [
        pgvector.django.VectorExtension(),
        migrations.CreateModel(
            name='LexiconSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('own', models.JSONField(default=list)),
                ('frequency', models.BinaryField()),
                ('concepts', models.JSONField(default=dict)),
                ('texts', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='ModelTrouble',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('encoder', 'encoder'), ('judge', 'judge')], max_length=10, unique=True)),
                ('model', models.CharField(max_length=300)),
                ('message', models.TextField()),
                ('hint', models.TextField(blank=True)),
                ('parameters', models.JSONField(default=dict)),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('last_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='CarefulEncoder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, unique=True)),
                ('dimension', models.PositiveIntegerField()),
                ('mean', models.FloatField()),
                ('spread', models.FloatField()),
                ('language', models.FloatField()),
                ('serves', models.BooleanField(default=False)),
                ('since', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('serves', True)), fields=('serves',), name='one_encoder_serves')],
            },
        ),
        migrations.CreateModel(
            name='CoalitionConcept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, unique=True)),
                ('nl', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, size=None)),
                ('en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, size=None)),
                ('broader', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('is_removed', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('nl__len__gt', 0), ('en__len__gt', 0), _connector='OR'), name='concept_has_a_label')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=32)),
                ('model', models.CharField(max_length=60)),
                ('meaning', katalysator.readings.models.MeaningField(dimensions=512)),
                ('concepts', models.JSONField(default=dict)),
                ('grams', katalysator.readings.models.GramsField()),
                ('lean', models.FloatField()),
                ('read_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest', 'model'), name='one_reading_per_text')],
            },
        ),
        migrations.CreateModel(
            name='CarefulReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meaning', katalysator.readings.models.MeaningField()),
                ('encoder', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='readings.carefulencoder')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='careful', to='readings.reading')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('encoder', 'reading'), name='one_careful_reading_per_text')],
            },
        ),
        migrations.CreateModel(
            name='PublicWord',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('texts', models.PositiveIntegerField()),
            ],
        ),
        # a reading stays in one place: hundreds are read for a page
        migrations.RunSQL(
            'ALTER TABLE readings_reading SET (toast_tuple_target = 8160)',
            'ALTER TABLE readings_reading RESET (toast_tuple_target)',
        ),
        watched('readings_reading', 'update', 'delete', 'truncate'),  # a new one shows with its record
        watched('readings_carefulencoder'),
        watched('readings_carefulreading'),
        watched('readings_lexiconsnapshot'),
    ]
