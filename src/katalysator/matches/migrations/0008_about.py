"""The scan of a market sees what each listing is about, beside its meaning."""

import katalysator.matches.models
import pgvector.django.sparsevec
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('matches', '0007_noted')]

    operations = [
        migrations.RemoveIndex(model_name='marketentry', name='entry_scan'),
        migrations.AddField(
            model_name='marketentry',
            name='about',
            field=pgvector.django.sparsevec.SparseVectorField(default=katalysator.matches.models.about_nothing, dimensions=1048576),
        ),
        migrations.AddIndex(
            model_name='marketentry',
            index=models.Index(fields=['market', 'kind'], include=('listing', 'meaning', 'about', 'mean', 'spread'), name='entry_scan'),
        ),
    ]
