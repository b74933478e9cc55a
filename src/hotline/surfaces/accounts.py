"""账号 (accounts): who may sign in, with what they prove themselves, and where they are signed in; for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.procedure.perform import raw

PAGE = 50


@dataclass(frozen=True, slots=True)
class Account:
    """账号: somebody with an open post: the oldest of them and how many, what they sign in with, and where they are."""

    person_id: int
    login: str
    name: str
    must_change: bool
    post_id: int
    unit_id: int
    role: str
    posts: int
    factor_id: int | None
    sessions: int
    seen_at: datetime | None


_ACCOUNTS = f"""
SELECT t.id, t.login, t.name, t.must_change_password, o.id, o.unit_id, o.role, o.posts,
    (SELECT f.id FROM network_factor f WHERE f.person_id = t.id AND f.status = 'open'), s.live, s.seen_at
FROM network_person t
CROSS JOIN LATERAL (SELECT o.id, o.unit_id, o.role, count(*) OVER () AS posts FROM network_post o
    WHERE o.person_id = t.id AND o.status = 'open' ORDER BY o.began_at, o.id LIMIT 1) o
CROSS JOIN LATERAL (SELECT count(*) AS live, max(s.seen_at) AS seen_at FROM surfaces_session s
    WHERE s.person_id = t.id AND s.expires_at > %(now)s) s
WHERE t.ended_at IS NULL AND (%(said)s = '' OR t.login ILIKE %(like)s OR t.name ILIKE %(like)s)
ORDER BY t.login LIMIT {PAGE + 1} OFFSET %(from)s
"""


def page(query: str, number: int, wall: datetime) -> list[Account]:
    """One page of the people who may sign in, by login, and one more where there are more; the first page is 1."""
    like = "%" + query.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    with raw().cursor() as cur:
        cur.execute(_ACCOUNTS, {"now": wall, "said": query, "like": like, "from": PAGE * (number - 1)})
        return [Account(*row) for row in cur.fetchall()]
