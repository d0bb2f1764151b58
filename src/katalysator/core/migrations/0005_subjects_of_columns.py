"""The subject of a write may stand in several columns: `changes.py` says in which."""

from django.db import migrations

_NOTED = """
    CREATE OR REPLACE FUNCTION core_note_rows() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        subject text := {subject};
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
"""
_ONE = "quote_ident(TG_ARGV[0])"
_SEVERAL = """(
            SELECT format('concat_ws('' '', %s)', string_agg(quote_ident(each), ', '))
            FROM unnest(TG_ARGV) AS each
        )"""


class Migration(migrations.Migration):

    dependencies = [("core", "0004_changes")]

    operations = [
        migrations.RunSQL(_NOTED.format(subject=_SEVERAL), _NOTED.format(subject=_ONE)),
    ]
