"""三级网络的办理卡 (cards on units and posts)."""
