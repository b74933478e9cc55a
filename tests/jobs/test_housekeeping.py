"""清理: the loop that removes what is over."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import connection

from hotline.config import loops
from hotline.procedure import times
from hotline.procedure.models import Act


def count(table: str) -> int:
    with connection.cursor() as cur:
        cur.execute(f"SELECT count(*) FROM {table}")
        return int(cur.fetchone()[0])


def test_it_runs_every_hour_beside_the_others() -> None:
    found = loops.existing()
    assert {"outbox", "seal", "housekeeping"} <= set(found)
    assert found["housekeeping"].every == 3600


def test_it_removes_acts_of_a_month_ago_and_sessions_that_are_over(city: str) -> None:
    Act.objects.all().delete()
    now = times.now()
    for days in (29, 31):
        Act.objects.create(act_id=uuid4(), chain_kind=1, chain_id=1, seq=1, at=now - timedelta(days=days))
    with connection.cursor() as cur:
        cur.execute(
            "INSERT INTO surfaces_session (token_hash, person_id, post_id, created_at, seen_at, expires_at, mark)"
            " SELECT sha256(e::text::bytea), p.person_id, p.id, now(), now(), e, ''"
            " FROM (SELECT * FROM network_post ORDER BY id LIMIT 1) p,"
            " unnest(ARRAY[now() - interval '1 hour', now() + interval '1 hour']) e"
        )
    assert loops.existing()["housekeeping"].turn() is False
    assert (Act.objects.count(), count("surfaces_session")) == (1, 1)
    assert Act.objects.get().at == now - timedelta(days=29)
