"""Numbers of entries; and what they are searched by: the pairs of letters of a text, cut as those of matters are
(`casework` 0032), in an index over the text itself."""

from django.db import migrations

NUMBERS = "CREATE SEQUENCE knowledge_numbers"
GRAMS = r"""
CREATE FUNCTION knowledge_grams(said text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
    letters text[] := string_to_array(translate(lower(said),
        E' \t\r\n\u3000\u00a0，。、；：？！“”‘’（）《》〈〉【】…—·,.;:?!()[]{}<>/|"''', repeat(' ', 60)), NULL);
    pairs text[] := '{}';
    n int := 0;
BEGIN
    FOR i IN 1 .. cardinality(letters) - 1 LOOP
        IF letters[i] <> ' ' AND letters[i + 1] <> ' ' THEN
            n := n + 1;
            pairs[n] := letters[i] || letters[i + 1];
        END IF;
    END LOOP;
    RETURN array_to_tsvector(pairs);
END $$
"""
SEARCHED = "field IN ('title', 'body', 'source', 'document')"
INDEX = f"CREATE INDEX wording_grams ON knowledge_wording USING gin (knowledge_grams(body)) WHERE {SEARCHED}"


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(NUMBERS, "DROP SEQUENCE knowledge_numbers"),
        migrations.RunSQL(GRAMS, "DROP FUNCTION knowledge_grams(text)"),
        migrations.RunSQL(INDEX, "DROP INDEX wording_grams"),
    ]
