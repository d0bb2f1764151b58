"""The first tables, and how the database makes names comparable.

`coalition_folded` is the one place where names lose case, accents and signs: sorting and searching
both build on it. A function that generates a column may not be changed in place, for the rows would
stay as they were: a later migration makes another one and generates the column anew.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.fields.json
import katalysator.core.language
import katalysator.core.models
import katalysator.core.translated
import pgvector.django.bit
from django.conf import settings
from django.db import migrations, models

from katalysator.coalition.areas import AREAS
from katalysator.core.changes import watched

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


def plant(apps, schema_editor):
    """The application areas to begin with: those of the position paper, and the sectors that joined."""
    area = apps.get_model("coalition", "Area")
    for position, (slug, name) in enumerate(AREAS.items(), 1):
        area.objects.create(slug=slug, name=name.as_json(), position=position)



class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('readings', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION coalition_folded"),
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION coalition_sort_key"),
        migrations.RunSQL(FOLDED_NAMES, "DROP FUNCTION coalition_folded_names"),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('salt', models.BinaryField(default=katalysator.core.models.new_salt, max_length=32)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('asked_email', models.EmailField(blank=True, default='', max_length=254)),
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
            name='Coalition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=80)),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None)),
                ('contact', models.EmailField(blank=True, max_length=254)),
                ('logo_text', models.CharField(blank=True, max_length=80)),
                ('accent', models.CharField(blank=True, max_length=7)),
                ('accent_dark', models.CharField(blank=True, max_length=7)),
                ('listing_days', models.PositiveSmallIntegerField(default=180)),
                ('targets', models.JSONField(blank=True, default=list)),
                ('responsible', models.CharField(blank=True, max_length=160)),
                ('officer', models.EmailField(blank=True, max_length=254)),
                ('security', models.CharField(blank=True, max_length=200)),
                ('accessibility', models.CharField(choices=[('unknown', 'Not examined yet'), ('none', 'Does not comply'), ('partial', 'Complies in part'), ('full', 'Complies in full')], default='unknown', max_length=7)),
                ('audited_on', models.DateField(blank=True, null=True)),
                ('audit_report', models.URLField(blank=True)),
                ('problems', models.JSONField(blank=True, default=list)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_coalition')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meant', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None)),
                ('signs', pgvector.django.bit.BitField(editable=False, length=512, null=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('other_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=160), blank=True, default=list, size=None)),
                ('kind', models.CharField(choices=[('company', 'Company'), ('sme', 'Small or medium-sized company'), ('startup', 'Startup'), ('scaleup', 'Scale-up'), ('university', 'University'), ('hbo', 'University of applied sciences (hbo)'), ('mbo', 'Vocational school (mbo)'), ('institute', 'Research institute'), ('government', 'Government'), ('municipality', 'Municipality'), ('civil', 'Civil society'), ('interest', "Patients' or consumers' body"), ('investor', 'Investor'), ('association', 'Association of organisations')], max_length=12)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('region', models.CharField(max_length=5)),
                ('kvk', models.CharField(blank=True, max_length=8)),
                ('ror', models.CharField(blank=True, max_length=9)),
                ('website', models.URLField(blank=True)),
                ('about', katalysator.core.translated.TranslatedField(blank=True, default=katalysator.core.translated.Translated)),
                ('blocks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('talent', 'Talent'), ('research', 'Research'), ('data', 'Data'), ('trust', 'Trust'), ('growth', 'Growth')], max_length=10), blank=True, default=list, size=None)),
                ('contact', models.EmailField(blank=True, max_length=254)),
                ('mail_domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None)),
                ('state', models.CharField(default='listed', max_length=10)),
                ('is_participant', models.GeneratedField(db_persist=True, expression=models.ExpressionWrapper(models.Q(('state', 'active')), models.BooleanField()), output_field=models.BooleanField())),
                ('is_founding', models.BooleanField(default=False)),
                ('joined_on', models.DateField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('sort_name', models.GeneratedField(db_persist=True, expression=models.Func('name', function='coalition_sort_key'), output_field=models.TextField(db_collation='C'))),
                ('folded_names', models.GeneratedField(db_persist=True, expression=models.Func('name', 'other_names', function='coalition_folded_names'), output_field=models.TextField())),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func('name', 'other_names', function='coalition_folded_names', output_field=models.TextField()), django.db.models.fields.json.KeyTextTransform('nl', 'about'), config='dutch'), '||', django.contrib.postgres.search.SearchVector(models.Func('name', 'other_names', function='coalition_folded_names', output_field=models.TextField()), django.db.models.fields.json.KeyTextTransform('en', 'about'), config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('areas', models.ManyToManyField(blank=True, related_name='organisations', to='coalition.area')),
                ('reading', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading')),
            ],
            options={
                'ordering': ['-is_participant', 'sort_name', 'id'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='organisation_search'), models.Index(models.OrderBy(models.F('is_participant'), descending=True), models.F('sort_name'), models.F('id'), name='organisation_directory')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kvk', ''), _negated=True), fields=('kvk',), name='one_organisation_per_kvk'), models.CheckConstraint(condition=models.Q(('kvk', ''), ('kvk__regex', '^[0-9]{8}$'), _connector='OR'), name='kvk_has_8_digits')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meant', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None)),
                ('signs', pgvector.django.bit.BitField(editable=False, length=512, null=True)),
                ('role', models.CharField(choices=[('member', 'Member'), ('manager', 'Manager')], default='member', max_length=10)),
                ('name', models.CharField(blank=True, default='', max_length=120)),
                ('function', models.CharField(blank=True, default='', max_length=120)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='coalition.organisation')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('name', 'function', config='dutch'), '||', django.contrib.postgres.search.SearchVector('name', 'function', config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('reading', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['meant'], name='membership_meant'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='membership_search'), models.Index(condition=models.Q(models.Q(('name', ''), _negated=True), ('signs__isnull', False)), fields=['organisation'], include=['id', 'signs'], name='membership_nearest')],
                'constraints': [models.UniqueConstraint(fields=('person', 'organisation'), name='one_membership_each')],
            },
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('slug', models.SlugField(max_length=80, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='coalition.organisation')),
            ],
        ),
        migrations.AddField(
            model_name='person',
            name='organisations',
            field=models.ManyToManyField(related_name='people', through='coalition.Membership', to='coalition.organisation'),
        ),
        migrations.CreateModel(
            name='OrganisationKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheet_keys', to='coalition.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='organisation_key_once')],
            },
        ),
        migrations.RunPython(plant, migrations.RunPython.noop),
        watched('coalition_area'),
        watched('coalition_hub'),
        watched('coalition_organisation'),
        watched('coalition_organisation_areas'),
        watched('coalition_membership'),
        watched('coalition_formerslug'),
        watched('coalition_coalition'),
    ]
