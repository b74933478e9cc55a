"""人员表 (the sheet of people and their posts) as changes: one post a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hotline.network.records import Person, Post
from hotline.network.roles import TERMS, Role, roles_at
from hotline.network.sheets.columns import PEOPLE, Line
from hotline.network.sheets.plan import Change, Faults, Places, differing, fits, twice
from hotline.network.sheets.standing import Standing
from hotline.network.transitions.people import AmendPerson
from hotline.network.transitions.posts import LOGIN, AppointPost, EndPost
from hotline.rules.book import Rulebook

ANY_PASSWORD = "（一次性口令）"


class People:
    """Works out the changes of one sheet of people."""

    def __init__(self, lines: Sequence[Line], there: Standing, places: Places, book: Rulebook, faults: Faults):
        self.lines, self.there, self.places, self.book, self.faults = lines, there, places, book, faults
        self.names: dict[str, str] = {}
        self.amended: dict[str, Mapping[str, str]] = {}

    def changes(self) -> list[Change]:
        """All of them: appointed, amended, left."""
        twice(self.lines, ("login", "unit", "role"), "role", self.faults)
        found = [change for line in self.lines for change in self._of(line)]
        order = (AppointPost, AmendPerson, EndPost)
        return sorted(found, key=lambda change: order.index(change.card))

    def _of(self, line: Line) -> list[Change]:
        login, unit, role = line.get("login"), line.get("unit"), line.get("role")
        if line.wrong or unit in self.places.doubtful:
            return []
        post, person = self.there.posts.get((login, unit, role)), self.there.people.get(login)
        if post is not None and person is not None:
            return [*self._amend(line, person, post), *(self._leave(line, person, post) if line.ends else [])]
        if line.ends:
            self.faults.add(line, "status", "此人不在这个岗位上，不用离岗。")
            return []
        return self._appoint(line, person)

    def _said(self, line: Line, name: str) -> str:
        return f"{name}（{line.get('login')}）{self.places.name(line.get('unit'))} {TERMS[Role(line.get('role'))]}"

    def _leave(self, line: Line, person: Person, post: Post) -> list[Change]:
        return [Change(EndPost, line, self._said(line, person.name), {}, line.get("unit"), post.id)]

    def _amend(self, line: Line, person: Person, post: Post) -> list[Change]:
        changed = differing(line, person, ("name", "phone"))
        before = self.amended.setdefault(person.login, changed)
        if changed != before:
            self.faults.add(line, "name" if changed.get("name") != before.get("name") else "phone",
                            "同一登录名的姓名和电话，各行须写得一样。")  # fmt: skip
        form = {"name": person.name, "phone": person.phone, **changed}
        if not changed or changed is not before or not fits(self.book, AmendPerson, form, line, self.faults):
            return []
        said = "，".join(
            f"{PEOPLE.term_of(n)}：{getattr(person, n) or '（空）'} → {v or '（空）'}" for n, v in changed.items()
        )
        return [Change(AmendPerson, line, f"{person.name}（{person.login}）{said}", form, line.get("unit"), post.id)]

    def _appoint(self, line: Line, person: Person | None) -> list[Change]:
        login, name = line.get("login"), line.get("name")
        if wrong := self._why_not(line, person):
            self.faults.add(line, *wrong)
            return []
        form = {"unit": line.get("unit"), "role": line.get("role"), "login": login, "name": name,
                "phone": line.get("phone"), "password": ANY_PASSWORD}  # fmt: skip
        if not fits(self.book, AppointPost, form, line, self.faults):
            return []
        new = "" if person else "，新开账号"
        said = self._said(line, name or (person.name if person else "")) + new
        return [Change(AppointPost, line, said, form, line.get("unit"))]

    def _why_not(self, line: Line, person: Person | None) -> tuple[str, str] | None:
        login, name, place = line.get("login"), line.get("name"), self.places.known.get(line.get("unit"))
        if place is None:
            return "unit", f"没有编码为“{line.get('unit')}”的在册单位。"
        role = Role(line.get("role"))
        if role not in roles_at(place.level, place.desk):
            return "role", f"这个单位不设“{TERMS[role]}”。"
        if person is not None and person.ended_at is not None:
            return "login", "这个登录名已停用。"
        if not LOGIN.fullmatch(login):
            return "login", "登录名只能用字母、数字和 . - _ @，不留空格。"
        known = person.name if person else self.names.setdefault(login, name)
        if name and name != known:
            return "login", "这个登录名已由另一人使用，请换一个。"
        return None if known else ("name", "这是新登录名，请填写姓名。")
