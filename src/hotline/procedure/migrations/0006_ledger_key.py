"""The ledger's key begins with the chain's number: a narrower index, and new lines stand together in it."""

from django.db import migrations, models

KEY = "ALTER TABLE procedure_ledgerline DROP CONSTRAINT procedure_ledgerline_pkey, ADD PRIMARY KEY ({})"


class Migration(migrations.Migration):

    dependencies = [
        ('procedure', '0005_clock'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    KEY.format("chain_id, chain_kind, seq"), KEY.format("chain_kind, chain_id, seq")
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='ledgerline',
                    name='pk',
                    field=models.CompositePrimaryKey('chain_id', 'chain_kind', 'seq', blank=True, editable=False, primary_key=True, serialize=False),
                ),
            ],
        ),
    ]
