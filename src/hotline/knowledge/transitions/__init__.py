"""办理卡 of the knowledge room: importing this package registers them all."""

from hotline.knowledge.transitions import confirming, inheriting, keeping, proposing, ticking

__all__ = ["confirming", "inheriting", "keeping", "proposing", "ticking"]
