"""A line no longer repeats its typed columns: its text is written again from them and the rest. Every line is carried
over and held against its text; one that does not give it back refuses the migration, and nothing has changed."""

from django.db import migrations, models

from hotline.procedure import rewriting


def carry_over(apps, schema_editor):
    schema_editor.connection.ensure_connection()
    rewriting.carry_over(schema_editor.connection.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('procedure', '0008_destroyed'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(carry_over)],
            state_operations=[
                migrations.RemoveField(model_name='ledgerline', name='text'),
                migrations.AddField(
                    model_name='ledgerline', name='rest', field=models.TextField(default='', verbose_name='其余'),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name='ledgerline', name='vouched', field=models.BinaryField(null=True, verbose_name='文字摘要'),
                ),
                migrations.AddField(
                    model_name='ledgerline', name='sealed', field=models.TextField(null=True, verbose_name='密文'),
                ),
            ],
        ),
    ]
