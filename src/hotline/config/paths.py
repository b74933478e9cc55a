"""Where things lie: the repository and, for each city, one data folder."""

import os
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[3]
RULEBOOKS = REPO / "rulebooks"
DEFAULT_DATA = REPO / "var"
DATA_VARIABLE = "HOTLINE_DATA"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """数据目录 — everything one city keeps on disk, each kind in a folder of its own."""

    root: Path

    @property
    def postgres(self) -> Path:
        return self.root / "pg"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def seals(self) -> Path:
        return self.root / "seals"

    @property
    def destroyed(self) -> Path:
        """What was destroyed for good, one file each: copied elsewhere as the seals are, done again after a restore."""
        return self.root / "destroyed"

    @property
    def wal(self) -> Path:
        """Where a continuous archive of the database goes unless another folder is named."""
        return self.root / "wal"

    @property
    def calendars(self) -> Path:
        """Calendar years published on this installation, in place of the rulebook's own."""
        return self.root / "calendars"

    @property
    def static(self) -> Path:
        return self.root / "static"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def beats(self) -> Path:
        """One file a job loop, touched after each turn."""
        return self.run / "beats"

    @property
    def counts(self) -> Path:
        """Where the web workers count requests."""
        return self.run / "counts"

    @property
    def last_backup(self) -> Path:
        """When the last backup was complete; the file's own time says it."""
        return self.root / "last-backup"

    @property
    def run(self) -> Path:
        return self.root / "run"

    def prepare(self) -> "DataFolder":
        """Create the folders, closed to others; the root may be walked through, for the server's sake."""
        self.root.mkdir(mode=0o711, parents=True, exist_ok=True)
        closed = (self.keys, self.seals, self.files, self.calendars, self.destroyed, self.run, self.beats, self.counts)
        for folder in closed:
            folder.mkdir(mode=0o700, exist_ok=True)
        return self


def data_folder() -> DataFolder:
    """The data folder this process works on: HOTLINE_DATA, else `var/` in the repository."""
    given = os.environ.get(DATA_VARIABLE)
    return DataFolder(Path(given).absolute() if given else DEFAULT_DATA)
