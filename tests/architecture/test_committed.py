"""Nothing committed names this machine or a package registry. (The patterns are put together here, not written out.)"""

import re

from architecture import sources

BARE = r"(?<![\w./-])/"  # begins a path
UNQUOTED = r"(?<![\w./\"'-])/"  # the same, but not an address in quotes
PARTS = {
    "machine path": [
        BARE + r"work/(main|shared|\.\w)",
        BARE + r"root(?=[/\s\"'`]|$)",
        UNQUOTED + r"home/\w+",
        BARE + "opt/" + "pypi",
    ],
    "registry host": ["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(org|com)", "deb" + r"ian\.org"],
    "index option": ["--(extra-)?" + "index-url", "--find" + "-links", "--trusted" + "-host"],
}
PATTERNS = {what: re.compile("|".join(parts), re.M) for what, parts in PARTS.items()}
SECRET = re.compile("-----BEGIN " + "[A-Z ]*PRIVATE KEY-----")
DATABASES = ("pg_hba.conf", "PG_VERSION")


def text_of(path: object) -> str:
    try:
        return path.read_text(encoding="utf-8")  # type: ignore[attr-defined,no-any-return]
    except UnicodeDecodeError:
        return ""


def test_no_machine_and_no_registry_is_named() -> None:
    hits = [
        (sources.name(path), what, found.group())
        for path in sources.committed()
        for what, pattern in PATTERNS.items()
        if (found := pattern.search(text_of(path)))
    ]
    assert hits == []


def test_no_key_and_no_data_is_committed() -> None:
    names = [path for path in sources.committed() if path.name.endswith(".key") or path.name in DATABASES]
    assert names == []
    assert [sources.name(path) for path in sources.committed() if SECRET.search(text_of(path))] == []


def test_locks_are_hashed_and_alike() -> None:
    pins = {}
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (sources.REPO / lock).read_text(encoding="utf-8")
        pins[lock] = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.M))
        entries = re.split(r"\n(?=\S)", text.strip())
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert pins["requirements.txt"].items() <= pins["requirements-dev.txt"].items()
    assert pins["requirements.txt"]["django"].startswith("5.2.")
