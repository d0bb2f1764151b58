from django.db import migrations


class Migration(migrations.Migration):
    """Jobs that wait are in the queues of today, and a job that began holds no place for others."""

    dependencies = [
        ("core", "0002_purpose"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE procrastinate_jobs
                SET queue_name = CASE queue_name WHEN 'careful' THEN 'long' ELSE 'short' END
                WHERE queue_name IN ('default', 'careful');
            """,
            migrations.RunSQL.noop,
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
            UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE status = 'doing';
            """,
            "DROP FUNCTION core_job_begins() CASCADE;",
        ),
    ]
