"""登录安全: enrolling, signing in by two steps, recovery codes, lock-out, sessions; every act leaves its line, and no
secret, code, login or address stands in the database in clear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings

from hotline.network import factors
from hotline.network.models import Factor, Person, Post
from hotline.procedure import times
from support import ledger
from surfaces.city import PASSWORD, client_of, hidden, put_clock, quick_passwords, text_of

LOGIN, HERE = "yongqiao-clerk", "203.0.113.9"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
ENROL, SIGN_IN, SECOND = "/staff/security/second-factor/", "/staff/sign-in/", "/staff/sign-in/second/"
HALF_A_MINUTE = timedelta(seconds=30)


class Wall:
    """The wall clock of these tests, which stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall(city: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wall]:
    """Cheap passwords, the city's clock on a fixed day, the wall's in the test's hands."""
    put_clock()
    clock = Wall()
    monkeypatch.setattr(times, "wall", clock)
    with quick_passwords():
        yield clock


def post(client: Client, url: str, **form: str) -> Any:
    return client.post(url, {"act_id": str(uuid4()), **form}, REMOTE_ADDR=HERE, HTTP_USER_AGENT=AGENT)


def secret_on(page: Any) -> str:
    found = re.search(r'<b class="number">([A-Z2-7 ]+)</b>', page.content.decode())
    assert found
    return found[1].replace(" ", "")


def code(secret: str, wall: Wall) -> str:
    return factors.code(secret, int(wall.now.timestamp()) // 30)


def enrolled(client: Client, wall: Wall) -> tuple[str, list[str]]:
    """Set up a second factor through the page; the secret, and the recovery codes it showed."""
    page = client.get(ENROL)
    secret = secret_on(page)
    done = post(client, ENROL, secret=hidden(page.content, "secret"), code=code(secret, wall), old=PASSWORD)
    codes = re.findall(r"<li>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</li>", done.content.decode())
    assert (done.status_code, len(codes)) == (200, factors.RECOVERY_CODES)
    return secret, codes


def typed(password: str = PASSWORD, login: str = LOGIN) -> tuple[Client, Any]:
    """A fresh browser that typed a password; and what it was shown."""
    client = Client()
    return client, post(client, SIGN_IN, login=login, password=password, next="/staff/rulebook/")


def second(said: str) -> tuple[Client, Any]:
    """A fresh browser after both steps."""
    client, page = typed()
    assert page.status_code == 200
    assert "minsheng_session" not in client.cookies
    form = {name: hidden(page.content, name) for name in ("half", "next")}
    return client, post(client, SECOND, code=said, **form)


def verbs_of(login: str) -> list[str]:
    """What stands in the chains of somebody's posts, the newest last."""
    posts = list(Post.objects.filter(person__login=login).values_list("id", flat=True))
    return [line.kind for line in ledger.lines("chain_id = ANY(%s)", posts)]


def rows_of(*tables: str) -> str:
    with connection.cursor() as cur:
        cur.execute(" UNION ALL ".join(f"SELECT t::text FROM {table} t" for table in tables))
        return " ".join(row[0] for row in cur.fetchall())


def in_clear(said: str, *words: str) -> list[str]:
    return [word for word in words if word in said or word.encode().hex() in said]


def test_enrolling_and_signing_in_by_two_steps(wall: Wall) -> None:
    first, elsewhere = client_of(LOGIN), client_of(LOGIN, "clerk")
    page = first.get(ENROL)
    kept = hidden(page.content, "secret")
    wrong = post(first, ENROL, secret=kept, code="000000", old=PASSWORD)
    assert (wrong.status_code, "验证码不对" in text_of(wrong.content)) == (422, True)
    # whoever sits there now has a telephone, but no password
    nobody = post(first, ENROL, secret=kept, code=code(secret_on(page), wall), old="不是这个")
    assert (nobody.status_code, "口令不对" in text_of(nobody.content)) == (422, True)
    assert secret_on(wrong) == secret_on(page)
    others = post(client_of("reviewer"), ENROL, secret=kept, code="1", old=PASSWORD)
    assert others.status_code == 422  # somebody else's secret
    secret, codes = enrolled(first, wall)
    assert first.get("/staff/security/").status_code == 200
    assert elsewhere.get("/staff/security/").status_code == 302  # signed in by the password alone
    assert post(first, ENROL).status_code == 303  # not twice
    assert "验证码已经用过" in text_of(second(code(secret, wall))[1].content)
    wall.now += HALF_A_MINUTE
    assert second("12345")[1].status_code == 422
    client, answer = second(code(secret, wall))
    assert (answer.status_code, answer["Location"]) == (302, "/staff/rulebook/")
    assert client.get("/staff/security/").status_code == 200
    assert "已经用过" in text_of(second(code(secret, wall))[1].content)  # the very same code again
    spent = second(codes[0])
    assert spent[1].status_code == 302
    assert "还剩 7 个没用过" in text_of(spent[0].get("/staff/security/").content)
    assert "不对" in text_of(second(codes[0])[1].content)
    assert verbs_of(LOGIN)[-2:] == ["factor_enrolled", "recovery_code_spent"]
    rows = rows_of("network_factor", "surfaces_session", "surfaces_usedstep", "procedure_ledgerline")
    assert in_clear(rows, secret, HERE, "Firefox", *codes, *(one.replace("-", "") for one in codes)) == []


def test_the_second_step_follows_the_password_soon_and_that_password_alone(wall: Wall) -> None:
    secret, _ = enrolled(client_of(LOGIN), wall)
    _, page = typed()
    half = hidden(page.content, "half")
    wall.now += HALF_A_MINUTE
    assert post(Client(), SECOND, half="forged", code=code(secret, wall))["Location"] == SIGN_IN
    from hotline.network import passwords

    Person.objects.filter(login=LOGIN).update(password=passwords.digest("另一个口令也是行的"))
    changed = post(Client(), SECOND, half=half, code=code(secret, wall))
    assert (changed.status_code, "从口令开始" in text_of(changed.content)) == (422, True)


def test_codes_are_renewed_and_the_factor_removed_by_the_password(wall: Wall) -> None:
    client = client_of(LOGIN)
    _, old = enrolled(client, wall)
    for verb in ("renew_codes", "remove_factor"):
        assert 'type="password"' in client.get(f"/staff/security/{verb}/").content.decode()
        wrong = post(client, f"/staff/security/{verb}/", old="不是这个")
        assert (wrong.status_code, "口令不对" in text_of(wrong.content)) == (422, True)
    fresh = post(client, "/staff/security/renew_codes/", old=PASSWORD).content.decode()
    assert not any(one in fresh for one in old)
    assert second(old[0])[1].status_code == 422
    assert post(client, "/staff/security/remove_factor/", old=PASSWORD).status_code == 303
    assert typed()[1].status_code == 302
    assert verbs_of(LOGIN)[-3:] == ["factor_enrolled", "recovery_codes_renewed", "factor_removed"]


def test_an_administrator_lifts_a_lost_factor(wall: Wall) -> None:
    enrolled(client_of(LOGIN), wall)
    admin, row = client_of("admin"), Factor.objects.get(status="open")
    url = f"/staff/network/post/{Post.objects.get(person__login=LOGIN).id}/lift_factor/?row={row.id}"
    assert url.replace("&", "&amp;") in admin.get(f"/staff/network/accounts/?q={LOGIN}").content.decode()
    assert post(admin, url).status_code == 303
    assert typed()[1].status_code == 302
    assert post(admin, url).status_code == 409
    assert verbs_of(LOGIN)[-1] == "factor_lifted"


def test_who_fails_too_often_is_locked_out_until_an_administrator_lifts_it(wall: Wall, statements: Any) -> None:
    for _ in range(5):
        assert typed("不是这个口令啊")[1].status_code == 422
    locked = typed()[1]
    assert (locked.status_code, "已经锁定，请 1 分钟后再试" in text_of(locked.content)) == (429, True)
    assert typed(login="reviewer")[1].status_code == 302  # others are not
    assert Client().post("/follow/", {"number": "20261118-0001-0", "code": "0"}).status_code != 429
    admin, post_id = client_of("admin"), Post.objects.get(person__login=LOGIN).id
    admin.get("/staff/network/")
    with statements:
        page = text_of(admin.get("/staff/network/accounts/?q=yongqiao").content)
    assert statements.count <= 5
    assert "还有 1 分钟" in page
    assert post(admin, f"/staff/network/post/{post_id}/lift_lock/").status_code == 303
    assert typed()[1].status_code == 302
    assert verbs_of(LOGIN)[-1] == "lock_lifted"
    with override_settings(HOTLINE_SIGN_IN={"free": 2, "free_of_an_address": 50, "longest": 3}):
        assert [typed("不是")[1].status_code for _ in range(3)] == [422, 422, 429]


def test_wrong_codes_lock_out_too(wall: Wall) -> None:
    enrolled(client_of(LOGIN), wall)
    for _ in range(5):
        assert second("123456")[1].status_code == 422
    locked = second("123456")[1]
    assert (locked.status_code, "已经锁定" in text_of(locked.content)) == (429, True)
    assert "还有 1 分钟" in text_of(client_of("admin").get(f"/staff/network/accounts/?q={LOGIN}").content)


CHANGE = "/staff/password/"
NEW = "海棠依旧绿肥红瘦一二"


def changed(client: Client, old: str, new: str = NEW, again: str = NEW) -> Any:
    return post(client, CHANGE, old=old, password=new, again=again)


@pytest.mark.parametrize("verb", ["password", "renew_codes", "remove_factor"])
def test_ones_own_password_is_not_guessed_at_from_an_open_page(wall: Wall, verb: str) -> None:
    """As many tries as at signing in, whichever page asks for it; then even the right one waits."""
    client = client_of(LOGIN)
    if verb != "password":
        enrolled(client, wall)

    def tried(old: str) -> Any:
        return changed(client, old) if verb == "password" else post(client, f"/staff/security/{verb}/", old=old)

    for _ in range(5):
        assert tried("不是这个口令啊").status_code == 422
    locked = tried(PASSWORD)
    assert (locked.status_code, "试的次数太多，请 1 分钟后再试" in text_of(locked.content)) == (429, True)
    assert changed(client, PASSWORD).status_code == 429  # nor on another page
    admin, post_id = client_of("admin"), Post.objects.get(person__login=LOGIN).id
    assert "还有 1 分钟" in text_of(admin.get(f"/staff/network/accounts/?q={LOGIN}").content)
    assert post(admin, f"/staff/network/post/{post_id}/lift_lock/").status_code == 303
    assert changed(client, PASSWORD).status_code == 302


def test_a_new_password_is_typed_twice_and_its_rules_stand_there(wall: Wall) -> None:
    client = client_of(LOGIN)
    page = client.get(CHANGE).content.decode()
    assert page.count('type="password"') == 3
    assert "至少 10 个字符" in text_of(page)
    unlike = changed(client, PASSWORD, again="海棠依旧绿肥红瘦")
    assert (unlike.status_code, "两遍新口令不一样" in text_of(unlike.content)) == (422, True)
    weak = changed(client, PASSWORD, "1234567890123", "1234567890123")
    assert (weak.status_code, "不能全是数字" in text_of(weak.content)) == (422, True)
    assert changed(client, PASSWORD).status_code == 302
    assert (typed()[1].status_code, typed(NEW)[1].status_code) == (422, 302)


def test_sessions_are_listed_and_ended(wall: Wall, statements: Any) -> None:
    one, other, third = (typed()[0] for _ in range(3))
    one.get("/staff/security/")
    with statements:
        page = one.get("/staff/security/").content.decode()
    assert statements.count <= 3
    said = text_of(page)
    assert said.count(f"Firefox · Linux {HERE}") == 3
    assert said.count("就是这一处") == 1
    ends = re.findall(r'action="(/staff/security/sessions/[0-9a-f]{64}/end/)"', page)
    assert len(ends) == 2
    assert client_of("reviewer").post(ends[0]).status_code == 404  # not one's own
    assert one.post(ends[0]).status_code == 303
    assert sorted(c.get("/staff/rulebook/").status_code for c in (one, other, third)) == [200, 200, 302]
    assert one.post("/staff/security/sessions/others/end/").status_code == 303
    assert [c.get("/staff/rulebook/").status_code for c in (one, other, third)] == [200, 302, 302]


def test_a_page_left_open_does_not_keep_its_session_alive(wall: Wall) -> None:
    """What a page asks for by itself (`push.js`) is no use of it; what somebody asks for is."""
    client, hours = typed()[0], timedelta(hours=1)
    for _ in range(11):
        wall.now += hours
        assert client.get("/staff/notices/count/", HTTP_X_REQUESTED_WITH="push").status_code == 200
    wall.now += 2 * hours
    assert client.get("/staff/notices/count/", HTTP_X_REQUESTED_WITH="push").status_code == 302
    client = typed()[0]
    for _ in range(14):
        wall.now += hours
        assert client.get("/staff/notices/count/").status_code == 200


def test_what_was_written_is_not_lost_when_the_session_is_over(wall: Wall) -> None:
    client = typed()[0]
    wall.now += timedelta(hours=13)
    note = "已经查看现场，管道接头漏水，<b>明天</b>上午换。"
    page = post(client, "/staff/m/20261118-0001-0/record_contact/?order=1", note=note, means="phone", password=note * 2)
    shown = page.content.decode()
    assert "<h1>登录工作台</h1>" in shown
    assert (page.status_code, "登录已经过期" in text_of(shown), "&lt;b&gt;明天" in shown) == (401, True, True)
    assert shown.count("管道接头漏水") == 1  # no password is shown
    assert hidden(shown, "next") == "/staff/m/20261118-0001-0/record_contact/?order=1"
    assert page["Cache-Control"] == "no-store"
    assert post(client, "/staff/m/20261118-0001-0/record_contact/", means="phone").status_code == 302


def test_an_administrator_ends_one_session_or_all(wall: Wall) -> None:
    one, other = (typed()[0] for _ in range(2))
    admin, url = client_of("admin"), f"/staff/network/post/{Post.objects.get(person__login=LOGIN).id}/"
    page = admin.get(f"{url}sessions/").content.decode()
    assert text_of(page).count(f"Firefox · Linux {HERE}") == 2
    ends = re.findall(r'href="([^"]+/end_session/\?session=[0-9a-f]{64})"', page)
    assert admin.get(ends[0]).status_code == 200
    assert post(admin, ends[0]).status_code == 303
    assert sorted(c.get("/staff/rulebook/").status_code for c in (one, other)) == [200, 302]
    assert (verbs_of(LOGIN)[-1], post(admin, ends[0]).status_code) == ("session_ended", 404)
    assert post(admin, f"{url}end_sessions/").status_code == 303
    assert [c.get("/staff/rulebook/").status_code for c in (one, other)] == [302, 302]
    assert verbs_of(LOGIN)[-1] == "sessions_ended"
    assert "现在没有登录" in text_of(admin.get(f"{url}sessions/").content)


def test_of_whom_a_second_factor_is_asked(wall: Wall) -> None:
    admin, clerk = client_of("admin"), client_of(LOGIN)
    assert admin.get("/staff/network/").status_code == 200  # in the demonstration of nobody
    with override_settings(HOTLINE_SECOND_FACTOR=("admin", "office-head")):
        assert admin.get("/staff/network/")["Location"] == ENROL
        assert admin.get("/staff/password/").status_code == 200
        assert "须启用第二步验证" in text_of(admin.get(ENROL).content)
        assert clerk.get("/staff/rulebook/").status_code == 200
        enrolled(admin, wall)
        assert admin.get("/staff/network/").status_code == 200


def test_in_a_real_city_it_is_asked_of_administrators_and_the_offices_head(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    from hotline.surfaces.workbench.guarding import must_enrol

    def asked(role: str, desk: str, has: bool = False) -> bool:
        at = SimpleNamespace(has_factor=has, post=SimpleNamespace(role=role), unit=SimpleNamespace(desk=desk))
        return must_enrol(at)  # type: ignore[arg-type]

    monkeypatch.setattr(times, "simulated", lambda: False)
    assert [asked("admin", "office"), asked("head", "office"), asked("head", "web"), asked("head", "")] == [
        True, True, False, False]  # fmt: skip
    assert not asked("admin", "office", has=True)
    with override_settings(HOTLINE_SECOND_FACTOR=("none",)):
        assert not asked("admin", "office")
