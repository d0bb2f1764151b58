"""The first tables, and how the database makes names comparable.

`coalition_folded` is the one place where names lose case, accents and signs: sorting and searching
both build on it. A function that generates a column may not be changed in place, for the rows would
stay as they were: a later migration makes another one and generates the column anew.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import katalysator.core.translated
import katalysator.core.language
import katalysator.core.models
import katalysator.core.translated
from django.conf import settings
from django.db import migrations, models


FOLDED = r"""
CREATE FUNCTION coalition_folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN coalesce(
    nullif(
        btrim(
            regexp_replace(  -- what stands between words is one space: VNO-NCW, Beeld & Geluid
                regexp_replace(  -- what stands within a word goes: TU/e, 's-Hertogenbosch, U.M.C.
                    replace(replace(replace(replace(
                        translate(  -- letters that are no other letter with an accent
                            lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g')),
                            'øłđðıØŁĐÐ',
                            'olddioldd'
                        ),
                        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
                    '[''’‘ʼ`´./]', '', 'g'
                ),
                '[][[:space:]!"“”„«»#$%&()*,:;<=>?@\\^_{|}~·•‐‑‒–—-]+', ' ', 'g'
            )
        ),
        ''
    ),
    words  -- nothing but signs: then the signs are the name
);
"""
SORT_KEY = r"""
CREATE FUNCTION coalition_sort_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN left(
    regexp_replace(
        regexp_replace(  -- numbers by their size: each has six digits at least
            coalition_folded(  -- as in any Dutch register, without what stands before the name
                regexp_replace(name, '^\s*((stichting|de|het|the|[''’‘`´]t)\s+)+(?=\S)', '', 'i')
            ),
            '([0-9]+)', '000000\1', 'g'
        ),
        '0*([0-9]{6,})', '\1', 'g'
    ),
    250
);
"""
FOLDED_NAMES = r"""
CREATE FUNCTION coalition_folded_names(name text, other_names text[]) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(coalition_folded(each), chr(10)) FROM unnest(name || other_names) AS each
);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION coalition_folded"),
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION coalition_sort_key"),
        migrations.RunSQL(FOLDED_NAMES, "DROP FUNCTION coalition_folded_names"),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.BinaryField(default=katalysator.core.models.new_salt, max_length=32)),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('language', models.CharField(choices=katalysator.core.language.language_choices, default='nl', max_length=12)),
                ('is_coordinator', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('slug', models.SlugField(max_length=30, primary_key=True, serialize=False)),
                ('name', katalysator.core.translated.TranslatedField()),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Hub',
            fields=[
                ('slug', models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), size=None)),
                ('source', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('other_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=160), blank=True, default=list, size=None)),
                ('kind', models.CharField(choices=[('company', 'Company'), ('startup', 'Startup'), ('knowledge', 'Knowledge institution'), ('government', 'Government'), ('civil', 'Civil society')], max_length=12)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('region', models.CharField(max_length=5)),
                ('kvk', models.CharField(blank=True, max_length=8)),
                ('ror', models.CharField(blank=True, max_length=9)),
                ('website', models.URLField(blank=True)),
                ('about', katalysator.core.translated.TranslatedField(blank=True, default=katalysator.core.translated.Translated)),
                ('blocks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('talent', 'Talent'), ('research', 'Research'), ('data', 'Data'), ('trust', 'Trust'), ('growth', 'Growth')], max_length=10), blank=True, default=list, size=None)),
                ('is_participant', models.BooleanField(default=False)),
                ('is_example', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('sort_name', models.GeneratedField(db_persist=True, expression=models.Func('name', function='coalition_sort_key'), output_field=models.TextField(db_collation='C'))),
                ('folded_names', models.GeneratedField(db_persist=True, expression=models.Func('name', 'other_names', function='coalition_folded_names'), output_field=models.TextField())),
                ('areas', models.ManyToManyField(blank=True, related_name='organisations', to='coalition.area')),
            ],
            options={
                'ordering': ['-is_participant', 'sort_name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'Member'), ('manager', 'Manager')], default='member', max_length=10)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='coalition.organisation')),
            ],
        ),
        migrations.AddField(
            model_name='person',
            name='organisations',
            field=models.ManyToManyField(related_name='people', through='coalition.Membership', to='coalition.organisation'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(models.OrderBy(models.F('is_participant'), descending=True), 'sort_name', 'id', name='organisation_directory'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(condition=models.Q(('kvk', ''), _negated=True), fields=('kvk',), name='one_organisation_per_kvk'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('kvk', ''), ('kvk__regex', '^[0-9]{8}$'), _connector='OR'), name='kvk_has_8_digits'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('person', 'organisation'), name='one_membership_each'),
        ),
    ]
