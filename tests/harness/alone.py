"""A test that forks its process to kill the child needs a process without a browser's threads and event loop."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 240


def run(nodeid: str) -> None:
    """Run one test in a fresh pytest of its own. Raises AssertionError with its output when it fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "HOTLINE_DATA"))}
    command = [sys.executable, "-m", "pytest", nodeid, "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
