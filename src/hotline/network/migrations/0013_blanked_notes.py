"""What a shift note says since somebody in it was covered is covered again after a restore."""

from django.db import migrations

NOTED = """
CREATE TRIGGER destroyed AFTER UPDATE OF body ON network_shiftnote FOR EACH ROW
    WHEN (OLD.body IS DISTINCT FROM NEW.body) EXECUTE FUNCTION procedure_note_destruction('body')
"""


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0012_danger_words"),
        ("procedure", "0008_destroyed"),
    ]

    operations = [
        migrations.RunSQL(NOTED, "DROP TRIGGER destroyed ON network_shiftnote"),
    ]
