"""What a look found: all right, worth a hint, or wrong, and then what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """发现: `name` for programs, `said` and `todo` for people; `todo` is empty when all is right. A hint is no fault."""

    name: str
    said: str
    todo: str = ""
    hint: bool = False

    @property
    def wrong(self) -> bool:
        """Whether something must be done."""
        return bool(self.todo) and not self.hint


def look(name: str, well: bool, right: str, wrong: str, todo: str) -> Finding:
    """One of two answers."""
    return Finding(name, right) if well else Finding(name, wrong, todo)
