"""Pictures of the gallery, to be looked at: `python tests/surfaces/gallery_shots.py FOLDER [PAGE…]`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "src"), str(Path(__file__).resolve().parents[1])]

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from surfaces.gallery import write  # noqa: E402

SIZES = ((1440, 900), (1920, 1080), (390, 844))


def shoot(browser: Browser, path: Path, out: Path) -> None:
    for width, height in SIZES:
        for scheme in ("light", "dark") if width == 1440 else ("light",):
            size = {"width": width, "height": height}
            page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(path.as_uri())
            page.screenshot(
                path=out / f"{path.stem}-{width}{'-dark' if scheme == 'dark' else ''}.png", full_page=width == 390
            )
            page.close()


def main(folder: Path, wanted: list[str]) -> None:
    out = folder / "shots"
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for path in write(folder):
            if not wanted or path.stem in wanted:
                shoot(browser, path, out)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
