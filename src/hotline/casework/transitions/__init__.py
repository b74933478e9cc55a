"""办件的办理卡 (cards on matters and orders), one module per stage. Importing this package registers them all."""

from hotline.casework import lookups
from hotline.casework.transitions import (
    carding,
    closing,
    deciding,
    extending,
    extension_filing,
    handling,
    inheriting,
    intake,
    looking,
    marking,
    redoing,
    replying,
    reviewing,
    sending_back,
    supervising,
    ticking,
    ways,
)

__all__ = ["carding", "closing", "deciding", "extending", "extension_filing", "handling", "inheriting", "intake",
           "looking", "lookups", "marking", "redoing", "replying", "reviewing", "sending_back", "supervising",
           "ticking", "ways"]  # fmt: skip
