"""规则册旁边的表 (folders): where a rulebook keeps what is no regulation: its units, its people, its lists."""

from __future__ import annotations

from pathlib import Path

RULEBOOKS = Path(__file__).resolve().parents[3] / "rulebooks"


def folder(rulebook: str) -> Path:
    """Where a rulebook keeps its network: `units.csv`, `catalogue.csv`, and for a demonstration `demo.csv` with its
    people and `duty.csv` with who answers the telephones."""
    return RULEBOOKS / rulebook / "network"
