"""The loader: what a rulebook must not be, refused with file, clause and key in Chinese."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from clauses.cities import CITIES, RULEBOOKS
from hotline.rules import book as books
from hotline.rules import sources
from hotline.rules.book import Rulebook, RulebookError
from hotline.rules.provisions import SHAPES, Name

SUZHOU = RULEBOOKS / CITIES[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a rulebook that a test may spoil."""
    return Path(shutil.copytree(SUZHOU, tmp_path / "spoilt"))


def replace(folder: Path, file: str, old: str, new: str) -> None:
    """Change one place of one file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{file} 里没有 {old}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


FAULTS = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['file']}-{fault['at'][2]}-{fault['says']}")
def test_a_faulty_rulebook_is_refused(folder: Path, fault: dict[str, Any]) -> None:
    replace(folder, fault["file"], fault["old"], fault["new"])
    with pytest.raises(RulebookError) as error:
        books.load(folder)
    found = error.value
    assert [found.file, found.clause, found.key] == fault["at"]
    assert fault["says"] in found.problem
    assert all(part in str(found) for part in fault["at"])


@pytest.mark.parametrize("missing", ["regulation.md", "readings.yaml", "kinds.yaml", "duties.yaml", "rulebook.yaml"])
def test_a_missing_file_is_named(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(RulebookError) as error:
        books.load(folder)
    assert error.value.file == missing


def test_a_clause_without_any_duty_is_refused(folder: Path) -> None:
    table = yaml.safe_load((folder / "duties.yaml").read_text(encoding="utf-8"))
    del table["六（四）"]
    (folder / "duties.yaml").write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RulebookError, match="没有列出任何职责"):
        books.load(folder)


def test_the_whole_text_is_there(book: Rulebook) -> None:
    lines = (RULEBOOKS / book.id / "regulation.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.lstrip().startswith("- **")] != []
    assert len(book.clauses) == sum(line.lstrip().startswith("- **") for line in lines)
    assert all(clause.text for clause in book.clauses.values())


def test_every_provision_is_filled_and_rests_on_a_clause_and_known_readings(book: Rulebook) -> None:
    assert set(book.filled) == {str(name) for name in Name} == {str(name) for name in SHAPES}
    for provisions in book.filled.values():
        assert all(p.clause in book.clauses and set(p.readings) <= set(book.readings) for p in provisions)


def test_the_readings_of_the_regulation_are_complete() -> None:
    assert list(books.load(SUZHOU).readings) == [f"R-{n:02}" for n in range(1, 45)]


def test_every_number_differs_between_the_cities() -> None:
    first, second = (books.load(RULEBOOKS / city) for city in CITIES)
    same = []
    for name in SHAPES:
        if SHAPES[name].many:
            continue
        mine, theirs = (dict(book.provision(name).values) for book in (first, second))
        same += [
            f"{name}.{key}"
            for key, value in mine.items()
            if isinstance(value, (int, float)) and not isinstance(value, bool) and value == theirs[key]
        ]
    assert same == []
    limits = [(first.kinds[k].working_days, second.kinds[k].working_days) for k in first.kinds if k != "praise"]
    assert all(mine != theirs for mine, theirs in limits)
    assert second.kinds["consultation"].minutes
    assert first.tz != second.tz
    assert not first.clauses.keys() & second.clauses.keys()


def test_the_hash_is_of_the_rules_and_not_of_years_or_duties(folder: Path) -> None:
    before = sources.read(folder)
    replace(folder, "duties.yaml", "pending: room oversight", "pending: room elsewhere")
    replace(folder, "calendars/2027.yaml", "劳动节", "五一节")
    after = sources.read(folder)
    assert after.content_hash == before.content_hash
    assert after.calendar_hash != before.calendar_hash
    replace(folder, "readings.yaml", "tries: 3", "tries: 4")
    assert sources.read(folder).content_hash != before.content_hash


def test_a_book_is_read_once(folder: Path) -> None:
    assert books.load(folder) is books.load(folder / ".." / folder.name)


def test_an_unknown_kind_is_told_in_chinese(book: Rulebook) -> None:
    with pytest.raises(ValueError, match="没有事项类别"):
        book.kind("gossip")
