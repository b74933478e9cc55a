"""清理模拟短信 (scrubbing): a simulated city writes its messages into a file, with numbers. What was sent to somebody who was
forgotten since goes from it, and so does what the outbox itself keeps no longer."""

from __future__ import annotations

import logging
from collections.abc import Collection

from django.conf import settings

from hotline.gateways.mail import FolderMail
from hotline.gateways.sms import FolderSms
from hotline.procedure import times
from hotline.procedure.perform import raw

log = logging.getLogger("hotline.jobs")
_MARK = """
SELECT coalesce(max(number), 0), (SELECT coalesce(min(id), 0) FROM procedure_outboxmessage) FROM procedure_destroyed
"""
# What may stay: what is in the outbox, but for what went to somebody in a matter in which they were forgotten.
_STAYS = """
SELECT m.id FROM procedure_outboxmessage m WHERE m.id = ANY(%s) AND NOT (m.chain_kind = 1 AND m.to_kind = 'citizen'
AND EXISTS (SELECT 1 FROM casework_contact c WHERE c.matter_id = m.chain_id AND c.forgotten_at IS NOT NULL
AND (c.citizen_id = m.to_id OR m.to_id = 0)))
"""


def gone(numbers: Collection[int]) -> set[int]:
    """Those of these messages that nobody may read any more."""
    with raw().cursor() as cur:
        return set(numbers) - {int(row[0]) for row in cur.execute(_STAYS, (list(numbers),)).fetchall()}


class Scrubbing:
    """清理模拟短信: once after each destruction, and after each purge of the outbox."""

    every = 5.0

    def __init__(self) -> None:
        self._mark: tuple[int, int] | None = None

    def turn(self) -> bool:
        """Once through; never more at once. A real city has no such file."""
        if not times.simulated():
            return False
        with raw().cursor() as cur:
            row = cur.execute(_MARK).fetchone()
        mark = (int(row[0]), int(row[1])) if row else (0, 0)
        if mark != self._mark:
            folder, born = settings.DATA.root / "outbox", times.birth_record().born
            taken = sum(one(folder, born).scrub(gone) for one in (FolderSms, FolderMail))
            self._mark = mark
            if taken:
                log.info("模拟短信里清去 %s 条", taken)
        return False
