"""Writes are noted: `changes.py` says for whom."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("core", "0003_jobs_survive")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=60)),
            ],
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
                PERFORM core_note(ARRAY['']);
                RETURN NULL;
            END $$;
            CREATE FUNCTION core_note_rows() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                subjects text[];
                before text[];
            BEGIN
                EXECUTE format('SELECT array_agg(DISTINCT %I) FROM changed', TG_ARGV[0]) INTO subjects;
                IF TG_OP = 'UPDATE' THEN
                    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM before', TG_ARGV[0]) INTO before;
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
    ]
