"""The audit trail that stays, what the database is for, shared counters, and writes that are noted (`changes.py`)."""

import django.contrib.postgres.indexes
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('procrastinate', '0041_post_retry_failed_job'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('subject', models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('actor', models.BigIntegerField(null=True)),
                ('system', models.CharField(blank=True, max_length=30)),
                ('verb', models.CharField(max_length=60)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.CharField(max_length=60)),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('personal', models.JSONField(default=dict)),
                ('reason', models.TextField(blank=True)),
                ('previous', models.BinaryField(max_length=32)),
                ('digest', models.BinaryField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['chain', 'id'], name='event_chain'), models.Index(fields=['subject_type', 'subject_id', 'id'], name='event_subject'), django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='event_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('actor__isnull', True), ('system', ''), _connector='XOR'), name='event_has_one_actor')],
            },
        ),
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_example', models.BooleanField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_purpose')],
            },
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION core_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'The audit trail is written once: % is refused.', TG_OP
                    USING ERRCODE = 'insufficient_privilege';
            END $$;
            CREATE TRIGGER core_event_no_change BEFORE UPDATE OR DELETE ON core_event
                FOR EACH ROW EXECUTE FUNCTION core_event_stays();
            CREATE TRIGGER core_event_no_truncate BEFORE TRUNCATE ON core_event
                FOR EACH STATEMENT EXECUTE FUNCTION core_event_stays();
            """,
            "DROP FUNCTION core_event_stays() CASCADE;",
        ),
        # as `createcachetable` makes it
        migrations.RunSQL(
            """
            CREATE TABLE core_counter (
                cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
            );
            CREATE INDEX core_counter_expires ON core_counter (expires);
            """,
            "DROP TABLE core_counter;",
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION core_note(subjects text[]) RETURNS void
                LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
                DELETE FROM core_change WHERE id IN (
                    SELECT id FROM core_change WHERE subject = ANY(subjects) FOR UPDATE SKIP LOCKED
                );
                INSERT INTO core_change (id, subject)
                    SELECT gen_random_uuid(), subject FROM unnest(subjects) AS subject;
            $$;
            CREATE FUNCTION core_note_table() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM core_note(ARRAY[coalesce(TG_ARGV[0], '')]);
                RETURN NULL;
            END $$;
            CREATE FUNCTION core_note_rows() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                subject text := (
                    SELECT format('concat_ws('' '', %s)', string_agg(quote_ident(each), ', '))
                    FROM unnest(TG_ARGV) AS each
                );
                subjects text[];
                before text[];
            BEGIN
                EXECUTE format('SELECT array_agg(DISTINCT %s) FROM changed', subject) INTO subjects;
                IF TG_OP = 'UPDATE' THEN
                    EXECUTE format('SELECT array_agg(DISTINCT %s) FROM before', subject) INTO before;
                    subjects := ARRAY(SELECT unnest(subjects) UNION SELECT unnest(before));
                END IF;
                IF subjects IS NOT NULL THEN
                    PERFORM core_note(subjects);
                END IF;
                RETURN NULL;
            END $$;
            """,
            "DROP FUNCTION core_note_rows(), core_note_table(), core_note(text[]) CASCADE;",
        ),
        # A job that is put back would clash with one of its name that was queued meanwhile, and stay `doing`.
        migrations.RunSQL(
            """
            CREATE FUNCTION core_job_begins() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.status = 'doing' THEN
                    NEW.queueing_lock := NULL;
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER core_job_begins BEFORE UPDATE OF status ON procrastinate_jobs
                FOR EACH ROW EXECUTE FUNCTION core_job_begins();
            """,
            "DROP FUNCTION core_job_begins() CASCADE;",
        ),
    ]
