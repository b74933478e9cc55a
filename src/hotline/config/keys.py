"""Key material in files beside the database, never in it: 32 bytes each, readable by their owner alone."""

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from hotline.config.complaint import Complaint

LENGTH = 32
# master wraps the citizens' keys; blind finds people by phone; query hides query codes; salt seeds what is simulated.
MATERIAL = ("master", "blind", "query", "salt")
SECRETS = MATERIAL[:3]  # what a real city lives by; salt means something in a simulated one alone
DJANGO = "django"
# A simulated city holds nobody's data and must come out byte for byte the same; its keys are therefore no secret.
SIMULATED_SEED = b"minsheng simulated city 1"
CHECKED = 16  # bytes kept of each key's check value
MISSING = "{0} 里缺少密钥文件。请从密钥备份恢复后再启动；新造的密钥打不开已有的个人信息。"
DAMAGED = "密钥文件 {0} 应为 {1} 字节，现有 {2} 字节：已损坏。请从密钥备份恢复。"
PUBLISHED = (
    "{0} 里的 {1} 是模拟城市的密钥，人人算得出来，正式城市不能用。"
    "尚未建成的，请删去这个目录里的 .key 文件再启动；已经建成的，请恢复它自己的密钥。"
)
OTHERS = "{0} 里的 {1} 不是建这座城市时的密钥，用它打不开已有的个人信息。请从密钥备份恢复后再启动。"


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
    """One key. Raises Complaint for a missing or a damaged file."""
    try:
        value = path(folder, name).read_bytes()
    except FileNotFoundError as error:
        raise Complaint(MISSING.format(folder)) from error
    if len(value) != LENGTH:
        raise Complaint(DAMAGED.format(path(folder, name), LENGTH, len(value)))
    return value


def _names(wrong: list[str]) -> str:
    return "、".join(f"{name}.key" for name in wrong)


def insist_on_secrecy(folder: Path) -> None:
    """Refuse for a real city what anybody can compute. Raises Complaint."""
    if wrong := [name for name in SECRETS if load(folder, name) == derived(SIMULATED_SEED, name)]:
        raise Complaint(PUBLISHED.format(folder, _names(wrong)))


def check_value(folder: Path) -> bytes:
    """密钥核对值: tells one set of keys from another, and nothing of the keys; kept in the database from the birth."""
    return b"".join(derived(load(folder, name), f"minsheng key check {name}")[:CHECKED] for name in SECRETS)


def insist_on_the_same(folder: Path, kept: bytes) -> None:
    """Refuse keys other than those the city was born with. Raises Complaint."""
    found = check_value(folder)
    places = [slice(i * CHECKED, (i + 1) * CHECKED) for i in range(len(SECRETS))]
    pairs = zip(SECRETS, places, strict=True)
    if wrong := [name for name, at in pairs if not hmac.compare_digest(found[at], kept[at])]:
        raise Complaint(OTHERS.format(folder, _names(wrong)))


def django_secret(folder: Path) -> str:
    """Django's secret; before the first start (tools, type checks) a fleeting one."""
    found = path(folder, DJANGO)
    return (found.read_bytes() if found.exists() else secrets.token_bytes(LENGTH)).hex()


MASTER = re.compile(r"master-([2-9]|[1-9][0-9]+)\.key")


def masters(folder: Path) -> tuple[str, ...]:
    """The numbers of the masters there are, oldest first: that of the birth is the first."""
    try:
        names = os.listdir(folder)  # asked at every request
    except FileNotFoundError:
        names = []
    later = (int(found[1]) for name in names if (found := MASTER.fullmatch(name)))
    return tuple(map(str, (1, *sorted(later))))


def master(folder: Path, master_id: str) -> bytes | None:
    """One master by its number, or None. Raises Complaint for a damaged file."""
    name = "master" if master_id == "1" else f"master-{master_id}"
    return load(folder, name) if path(folder, name).exists() else None


def new_master(folder: Path, *, seed: bytes | None = None) -> str:
    """One more master; its number. Random, or for a simulated city always the same."""
    number = str(int(masters(folder)[-1]) + 1)
    name = f"master-{number}"
    _write(path(folder, name), derived(seed, name) if seed is not None else secrets.token_bytes(LENGTH))
    return number


def master_check(folder: Path, master_id: str) -> bytes:
    """The check value of a later master, as the database keeps it. Raises Complaint where it is missing."""
    value = master(folder, master_id)
    if value is None:
        raise Complaint(f"{folder} 里缺少 master-{master_id}.key。请从密钥备份恢复后再启动。")
    return derived(value, f"minsheng key check master {master_id}")[:CHECKED]


def insist_on_master(folder: Path, master_id: str, kept: bytes) -> None:
    """Refuse another master under this number than the one that was made. Raises Complaint."""
    if not hmac.compare_digest(master_check(folder, master_id), kept):
        raise Complaint(OTHERS.format(folder, f"master-{master_id}.key"))
