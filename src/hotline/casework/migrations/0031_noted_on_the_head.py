"""A row of one of the rarer tables is noted on its chain's head, whichever version of the program wrote it: only then do
new heads begin without any."""

from django.db import migrations

RARE = {
    "casework_returnrequest": 1,
    "casework_extension": 2,
    "casework_designation": 4,
    "casework_supervision": 8,
    "casework_submission": 16,
    "casework_attachment": 32,
    "casework_source": 64,
    "casework_handover": 128,
    "casework_urgentreport": 256,
    "casework_paperdocument": 512,
    "casework_withholding": 1024,
    "casework_proposal": 2048,
    "casework_abusemark": 4096,
    "casework_link": 8192,
    "casework_inquiry": 16384,
    "casework_publication": 32768,
    "casework_mark": 65536,
}
FUNCTION = """
CREATE FUNCTION casework_note_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE procedure_chainhead SET holds = holds | TG_ARGV[0]::int4
        WHERE chain_kind = 1 AND chain_id = NEW.matter_id AND holds & TG_ARGV[0]::int4 = 0;
    RETURN NULL;
END $$;
"""
TRIGGER = "CREATE TRIGGER held AFTER INSERT ON {} FOR EACH ROW EXECUTE FUNCTION casework_note_held('{}');"


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0030_publication_number"),
        ("procedure", "0011_what_a_head_holds"),
    ]

    operations = [
        migrations.RunSQL([FUNCTION, *(TRIGGER.format(table, bit) for table, bit in RARE.items())]),
    ]
