"""In how many calls about other matters somebody stands, counted after their key is locked: two statements by one trip.
The count sees what was committed while the lock was waited for."""

from django.db import migrations

ELSEWHERE = """
CREATE FUNCTION casework_elsewhere(citizen bigint, matter bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM 1 FROM procedure_personkey WHERE id = citizen FOR UPDATE;
    RETURN (SELECT count(*) FROM casework_contact
            WHERE citizen_id = citizen AND matter_id <> matter AND forgotten_at IS NULL);
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0049_fed_back"),
    ]

    operations = [
        migrations.RunSQL(ELSEWHERE, "DROP FUNCTION casework_elsewhere"),
    ]
