"""What hangs on a matter is keyed by the matter and its own number: one index instead of two, and nothing unique
leaves the matter out. The matter's number has one index, too: nobody looks for the beginning of one."""

from django.db import migrations, models
from django.db.models import deletion

KEY = "ALTER TABLE {0} DROP CONSTRAINT {0}_pkey, ADD CONSTRAINT {0}_pkey PRIMARY KEY ({1})"
# Model, and the matter's name for it; a card's index of its own begins with the matter already.
OF_A_MATTER = {
    "attempt": "attempts", "contact": "contacts", "designation": "designations", "extension": "extensions",
    "letter": "letters", "mark": "marks", "returnrequest": "return_requests", "revisit": "revisits",
    "submission": "submissions", "supervision": "supervisions",
}


def key(model):
    table = f"casework_{model}"
    return migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RunSQL(KEY.format(table, "matter_id, id"), KEY.format(table, "id"))],
        state_operations=[
            migrations.AlterField(model_name=model, name="id", field=models.BigIntegerField()),
            migrations.AddField(
                model_name=model, name="pk",
                field=models.CompositePrimaryKey(
                    "matter_id", "id", blank=True, editable=False, primary_key=True, serialize=False
                ),
            ),
        ],
    )


def without_index(model, name):
    field = models.ForeignKey(db_index=False, on_delete=deletion.PROTECT, related_name=name, to="casework.matter")
    return migrations.AlterField(model_name=model, name="matter", field=field)


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0014_submissions'),
        ('network', '0002_acting_and_duty'),
    ]

    operations = [
        *(key(model) for model in OF_A_MATTER),
        *(without_index(model, name) for model, name in OF_A_MATTER.items() if model != "mark"),
        migrations.AlterField(model_name='matter', name='number', field=models.TextField(verbose_name='编号')),
        migrations.AddConstraint(
            model_name='matter', constraint=models.UniqueConstraint(fields=('number',), name='matter_number'),
        ),
    ]
