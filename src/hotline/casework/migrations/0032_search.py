"""What staff search by: the pairs of letters of a text, in an index over the text itself, so that what is redacted or
destroyed is in it no longer; and the orders of a unit by when they were given to it. Made beside the work."""

from django.db import migrations, models

# Every two letters that stand side by side, none across a stop or a gap. Dear to work out: the server is told so, and
# asks the index rather than each row.
GRAMS = r"""
CREATE OR REPLACE FUNCTION casework_grams(said text) RETURNS tsvector
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
SEARCHED = "field IN ('gist', 'words', 'supplement', 'repeat', 'reply', 'answer')"
ORDERS = (
    models.Index(fields=["level2_unit", "dispatched_at", "id"], name="order_given_to_level2"),
    models.Index(fields=["unit", "dispatched_at", "id"], name="order_given_below",
                 condition=~models.Q(unit=models.F("level2_unit"))),
)  # fmt: skip
MADE = {
    "text_grams": f"casework_text USING gin (casework_grams(body)) WHERE {SEARCHED}",
    "order_given_to_level2": "casework_order (level2_unit_id, dispatched_at, id)",
    "order_given_below": "casework_order (unit_id, dispatched_at, id) WHERE NOT (unit_id = level2_unit_id)",
}


def _made(name, what):
    return migrations.RunSQL(
        [f"DROP INDEX CONCURRENTLY IF EXISTS {name}", f"CREATE INDEX CONCURRENTLY {name} ON {what}"],
        [f"DROP INDEX IF EXISTS {name}"],
    )


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('casework', '0031_noted_on_the_head'),
    ]

    operations = [
        migrations.RunSQL(GRAMS, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[_made(name, what) for name, what in MADE.items()],
            state_operations=[migrations.AddIndex(model_name="order", index=index) for index in ORDERS],
        ),
    ]  # fmt: skip
