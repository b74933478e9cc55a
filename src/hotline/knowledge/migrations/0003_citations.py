"""Which answers cite which entries: rows of matters, noted on their heads as those of the other rarer tables are."""

from django.db import migrations, models

HELD = """
CREATE TRIGGER held AFTER INSERT ON knowledge_citation FOR EACH ROW EXECUTE FUNCTION casework_note_held('131072');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0031_noted_on_the_head'),
        ('knowledge', '0002_numbers_and_grams'),
    ]

    operations = [
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('pk', models.CompositePrimaryKey('matter_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('matter_id', models.BigIntegerField(verbose_name='事项')),
                ('entry_id', models.BigIntegerField(verbose_name='词条')),
                ('number', models.TextField(verbose_name='编号')),
                ('version', models.SmallIntegerField(verbose_name='版次')),
                ('cited_at', models.DateTimeField(verbose_name='引用时刻')),
            ],
            options={
                'indexes': [models.Index(fields=['entry_id'], name='citation_of_entry')],
            },
        ),
        migrations.RunSQL(HELD, "DROP TRIGGER held ON knowledge_citation"),
    ]
