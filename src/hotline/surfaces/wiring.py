"""接线 (wiring): what the surfaces want hung into settings; plain constants, read without importing views."""

MIDDLEWARE = ["hotline.surfaces.cleaning.Cleaned", "hotline.surfaces.sessions.SessionMiddleware"]
TEMPLATES = "hotline.surfaces.ui.quick.Loader"
CONTEXT_PROCESSORS: list[str] = []
SETTINGS: dict[str, object] = {}
