"""设备 (devices): a browser's own long name for itself, in the two words by which a person knows their device again."""

from __future__ import annotations

BROWSERS = (("MicroMessenger", "微信"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("OPR", "Opera"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("HarmonyOS", "鸿蒙"), ("OpenHarmony", "鸿蒙"), ("Android", "安卓"), ("iPhone", "iPhone"), ("iPad", "iPad"),
           ("Windows", "Windows"), ("Mac OS", "macOS"), ("UOS", "统信 UOS"), ("Kylin", "麒麟"),
           ("Linux", "Linux"))  # fmt: skip


def said(agent: str) -> str:
    """Browser and system; empty where neither is known."""
    words = (next((word for mark, word in known if mark in agent), "") for known in (BROWSERS, SYSTEMS))
    return " · ".join(word for word in words if word)
