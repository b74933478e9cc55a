"""办理卡 of the network: importing this package registers them all."""

from hotline.network.transitions import posts, units

__all__ = ["posts", "units"]
