"""到期销毁 (expiring): destroys the personal data whose destruction two people agreed to."""

from __future__ import annotations

import logging

from hotline.casework import forgetting
from hotline.procedure import times

log = logging.getLogger("hotline.jobs")


class Expiring:
    """到期销毁: one portion of what was agreed to."""

    every = 10.0

    def turn(self) -> bool:
        """One portion; true when more may wait."""
        done = forgetting.destroy_expired(times.now())
        if done:
            log.info("保管期满，经两人同意销毁了 %s 人次的个人信息", done)
        return done > 0
