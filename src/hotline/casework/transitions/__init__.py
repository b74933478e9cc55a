"""办件的办理卡 (cards on matters and orders), one module per stage. Importing this package registers them all."""

from hotline.casework import lookups
from hotline.casework.transitions import (
    closing,
    deciding,
    handling,
    inheriting,
    intake,
    looking,
    replying,
    reviewing,
    ticking,
    ways,
)

__all__ = ["closing", "deciding", "handling", "inheriting", "intake", "looking", "lookups", "replying", "reviewing",
           "ticking", "ways"]  # fmt: skip
