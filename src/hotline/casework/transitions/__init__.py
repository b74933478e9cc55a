"""办件的办理卡 (cards on matters and orders), one module per stage. Importing this package registers them all."""

from hotline.casework import lookups
from hotline.casework.transitions import (
    asking,
    avoiding,
    carding,
    closing,
    dating,
    deciding,
    designating,
    explaining,
    extending,
    extension_filing,
    handling,
    inheriting,
    intake,
    looking,
    marking,
    ordering,
    recomputing,
    redoing,
    relaying,
    replying,
    returning,
    reviewing,
    sending_back,
    shifting,
    supervising,
    taking_back,
    ticking,
    ways,
)

__all__ = ["asking", "avoiding", "carding", "closing", "dating", "deciding", "designating", "explaining", "extending",
           "extension_filing", "handling", "inheriting", "intake", "looking", "lookups", "marking", "ordering",
           "recomputing", "redoing", "relaying", "replying", "returning", "reviewing", "sending_back", "shifting",
           "supervising", "taking_back", "ticking", "ways"]  # fmt: skip
