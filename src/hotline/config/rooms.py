"""Which rooms are there: the apps Django installs, and what the surfaces ask to have hung into settings and urls."""

import ast
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[1]
APPS = (
    "procedure",
    "network",
    "knowledge",
    "casework",
    "insight",
    "oversight",
    "surfaces",
    "surfaces.ui",
    "surfaces.portal",
    "surfaces.workbench",
    "surfaces.unitdesk",
    "surfaces.leaders",
    "surfaces.api",
)
WIRING = SOURCE / "surfaces" / "wiring.py"


def has(room: str, *modules: str) -> bool:
    """Has the room one of these modules or packages?"""
    folder = SOURCE.joinpath(*room.split("."))
    return any((folder / f"{name}.py").exists() or (folder / name / "__init__.py").exists() for name in modules)


def apps() -> list[str]:
    """The rooms that Django must know: those with tables, templates or an app of their own."""
    return [f"hotline.{room}" for room in APPS if has(room, "apps", "models")]


def _wiring() -> dict[str, Any]:
    """The constants of `surfaces/wiring.py`, read without importing it: settings must not import views."""
    if not WIRING.exists():
        return {}
    found: dict[str, Any] = {}
    for node in ast.parse(WIRING.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = ast.literal_eval(node.value)
    return found


def middleware() -> list[str]:
    """MIDDLEWARE of the surfaces, after Django's."""
    return list(_wiring().get("MIDDLEWARE", []))


def context_processors() -> list[str]:
    """CONTEXT_PROCESSORS of the surfaces."""
    return list(_wiring().get("CONTEXT_PROCESSORS", []))


def settings() -> dict[str, Any]:
    """SETTINGS of the surfaces: a plain table of further Django settings, such as the session engine."""
    return dict(_wiring().get("SETTINGS", {}))
