"""Key material in files beside the database, never in it: 32 bytes each, readable by their owner alone."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

LENGTH = 32
# master wraps the citizens' keys; blind finds people by phone; query hides query codes; salt seeds what is simulated.
MATERIAL = ("master", "blind", "query", "salt")
DJANGO = "django"
# A simulated city holds nobody's data and must come out byte for byte the same; its keys are therefore no secret.
SIMULATED_SEED = b"minsheng simulated city 1"


def path(folder: Path, name: str) -> Path:
    """The file of one key."""
    return folder / f"{name}.key"


def _write(target: Path, value: bytes) -> None:
    """Whole or not at all, closed to others from the first byte, and never over an existing key."""
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(value)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(fresh, target)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def derived(seed: bytes, name: str) -> bytes:
    """The key of a simulated city: a function of the seed and the name."""
    return hmac.new(seed, name.encode(), hashlib.sha256).digest()


def ensure(folder: Path, *, seed: bytes | None = None) -> None:
    """Make the keys that are missing: random ones, or for a simulated city (`seed` given) always the same ones."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in MATERIAL:
        if not path(folder, name).exists():
            _write(path(folder, name), derived(seed, name) if seed is not None else secrets.token_bytes(LENGTH))
    if not path(folder, DJANGO).exists():
        _write(path(folder, DJANGO), secrets.token_bytes(LENGTH))


def seed_of(born: str) -> bytes | None:
    """What a city's keys come from: chance for a real one, always the same for a simulated one."""
    return SIMULATED_SEED if born == "simulated" else None


def present(folder: Path) -> bool:
    """Have the keys of this city been made?"""
    return all(path(folder, name).exists() for name in MATERIAL)


def load(folder: Path, name: str) -> bytes:
    """One key. Raises FileNotFoundError before `ensure`, ValueError for a damaged file."""
    value = path(folder, name).read_bytes()
    if len(value) != LENGTH:
        raise ValueError(f"密钥文件 {name}.key 已损坏")
    return value


def django_secret(folder: Path) -> str:
    """Django's secret; before the first start (tools, type checks) a fleeting one."""
    found = path(folder, DJANGO)
    return (found.read_bytes() if found.exists() else secrets.token_bytes(LENGTH)).hex()
