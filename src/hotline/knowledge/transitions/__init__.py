"""办理卡 of the knowledge room: importing this package registers them all."""

from hotline.knowledge.transitions import confirming, keeping, proposing, ticking

__all__ = ["confirming", "keeping", "proposing", "ticking"]
