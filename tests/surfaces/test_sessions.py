"""Signing in, acting as a post, one statement a request; what ends a session, and what slows guessing down."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
NOW = datetime(2026, 9, 18, 8, 0, tzinfo=UTC)
LOGIN, PASSWORD, HERE = "shift", "一叶知秋天下凉啊", "10.0.0.1"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def quick(city: str) -> Iterator[None]:
    """Cheap hashing; the person of these tests has a password made so."""
    from hotline.network import passwords
    from hotline.network.models import Person

    with override_settings(PASSWORD_HASHERS=QUICK):
        passwords._nobody.cache_clear()
        Person.objects.filter(login=LOGIN).update(password=passwords.digest(PASSWORD))
        yield
    passwords._nobody.cache_clear()


def begin(login: str = LOGIN, password: str = PASSWORD, address: str = HERE, now: datetime = NOW) -> str:
    from hotline.surfaces.sessions import sign_in

    return sign_in(login, password, address, now).token


def refused(**who: Any) -> str:
    from hotline.surfaces.sessions import SignInRefused

    with pytest.raises(SignInRefused) as caught:
        begin(**who)
    return caught.value.because


def visitor(token: str, now: datetime = NOW) -> Any:
    from hotline.surfaces.sessions import recognise

    return recognise(token, now)


def post_of(role: str) -> Any:
    from hotline.network.models import Post

    return Post.objects.get(person__login=LOGIN, role=role)


def test_a_visitor_is_known_by_one_statement(statements: Any) -> None:
    token = begin()
    with statements:
        who = visitor(token, NOW + 4 * MINUTE)
    assert statements.count == 1
    assert (who.person.login, who.person.password, who.unit.short) == (LOGIN, "", "电话受理中心")
    assert (who.actor.role, who.actor.person_id, who.actor.unit_id) == ("shift_leader", who.person.id, who.unit.id)
    assert who.actor.post_id == who.post.id
    assert (who.post_said, who.must_change_password) == ("电话受理中心 班长", False)


def test_posts_are_read_when_asked_for(statements: Any) -> None:
    from hotline.network import seed

    token = begin("operator", seed.DEMO_PASSWORD)
    with statements:
        assert [one.post.role for one in visitor(token).posts] == ["operator"]
    assert statements.count == 1
    who = visitor(begin())
    with statements:
        assert [one.post.role for one in (*who.posts, *who.posts)] == ["shift_leader", "dispatcher"] * 2
    assert statements.count == 1


def test_the_token_is_not_in_the_database() -> None:
    token = begin()
    with connection.cursor() as cur:
        cur.execute("SELECT s::text FROM surfaces_session s UNION ALL SELECT t::text FROM surfaces_signintry t")
        rows = " ".join(row[0] for row in cur.fetchall())
    assert len(token) >= 43
    assert not any(word in rows for word in (token, token.encode().hex(), HERE, LOGIN))


def test_it_is_kept_alive_every_five_minutes_and_ends_after_twelve_idle_hours(statements: Any) -> None:
    token = begin()
    later = NOW + timedelta(hours=11)
    with statements:
        assert visitor(token, later)
    assert statements.count == 2
    with statements:
        assert visitor(token, later + 4 * MINUTE)
    assert statements.count == 1
    assert visitor(token, later + timedelta(hours=12) - MINUTE)
    assert visitor(token, later + timedelta(hours=25)) is None


def test_an_installation_says_how_long_one_may_be_idle() -> None:
    with override_settings(HOTLINE_IDLE_MINUTES=30):
        token = begin()
        assert visitor(token, NOW + timedelta(minutes=29))
        assert visitor(token, NOW + timedelta(minutes=58))  # used meanwhile
        assert visitor(token, NOW + timedelta(minutes=89)) is None


def test_who_still_tries_while_locked_out_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(5):
        refused(password="wrong")
    assert "锁着" not in caplog.text
    refused(password="wrong")
    assert "有一处锁着" in caplog.text
    assert not [word for word in (LOGIN, HERE) if word in caplog.text]


def test_a_person_acts_as_one_of_their_own_open_posts() -> None:
    from hotline.network.models import Post
    from hotline.surfaces.sessions import switch_post

    token = begin()
    assert switch_post(visitor(token), str(post_of("dispatcher").id))
    assert visitor(token).actor.role == "dispatcher"
    for other in (Post.objects.get(role="admin").id, "0", "", "x", None):
        assert not switch_post(visitor(token), other)
    assert visitor(token).actor.role == "dispatcher"


def test_who_was_met_before_is_not_looked_up_anew_until_the_network_moves() -> None:
    from hotline.network.models import Person, Unit
    from hotline.surfaces import sessions

    token = begin()
    first = visitor(token)
    assert visitor(token).person is first.person
    Unit.objects.filter(id=first.unit.id).update(short="换了名")
    assert visitor(token).unit.short == "换了名"
    Person.objects.filter(id=first.person.id).update(password=sessions.token_hash("x"))
    assert visitor(token) is None


@pytest.mark.parametrize("from_now", [timedelta(0), timedelta(days=2)])
def test_who_acts_for_somebody_is_looked_up_each_time(from_now: timedelta) -> None:
    """What they may do changes with the hour, and nothing moves in the network then."""
    from hotline.network.models import Acting, Person, Post

    me, whose = Person.objects.get(login=LOGIN), Post.objects.get(role="admin")
    Acting.objects.create(id=7, person=me, post=whose, from_at=NOW + from_now, until_at=NOW + timedelta(days=3))
    token = begin()
    assert visitor(token).person is not visitor(token).person
    assert len(visitor(token).posts) == (3 if from_now <= timedelta(0) else 2)


def test_an_ended_post_person_or_unit_is_refused() -> None:
    from hotline.network.models import Person, Post, Unit
    from hotline.network.transitions.posts import EndPost
    from hotline.procedure.engine import SYSTEM
    from hotline.procedure.perform import Subject, perform
    from hotline.surfaces.sessions import switch_post

    first, second = post_of("shift_leader"), post_of("dispatcher")
    token = begin()
    who = visitor(token)
    perform(EndPost, Subject("post", first.id), {}, actor=SYSTEM, now=NOW)
    assert visitor(token) is None
    assert not switch_post(who, first.id)
    again = begin()
    assert visitor(again).post.id == second.id
    Unit.objects.filter(id=second.unit_id).update(status="ended")
    assert visitor(again) is None
    assert refused() == "您名下没有在任岗位，请联系系统管理员。"
    Unit.objects.filter(id=second.unit_id).update(status="open")
    assert visitor(again)
    Person.objects.filter(login=LOGIN).update(ended_at=NOW)
    assert visitor(again) is None
    assert refused() == "登录名或口令不对。"
    assert Post.objects.filter(id=first.id, status="ended").exists()


def test_a_new_password_ends_the_other_sessions() -> None:
    from hotline.network.transitions.posts import ChangePassword
    from hotline.procedure.perform import Subject, perform
    from hotline.surfaces.sessions import renew

    mine, other = begin(), begin()
    who = visitor(mine)
    form = {"old": PASSWORD, "password": "高山流水遇知音难觅也"}
    perform(ChangePassword, Subject("post", who.post.id), form, actor=who.actor, now=NOW, act_id=uuid4())
    renew(who)
    assert visitor(mine)
    assert visitor(other) is None
    assert refused() == "登录名或口令不对。"


def test_unknown_logins_and_wrong_passwords_are_told_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    from hotline.network import passwords

    checked: list[str | None] = []
    real = passwords.check_password

    def check(plain: str, stored: str) -> bool:
        checked.append(stored)
        return bool(real(plain, stored))

    monkeypatch.setattr(passwords, "check_password", check)
    told = {refused(password="wrong"), refused(login="nobody"), refused(login="", password="")}
    assert told == {"登录名或口令不对。"}
    assert [bool(stored) and stored[:3] for stored in checked] == ["md5"] * 3


def test_after_five_failures_the_login_waits() -> None:
    for i in range(5):
        assert refused(password="wrong", address=f"10.1.0.{i}") == "登录名或口令不对。"
    assert refused(address="10.1.0.9") == "试错的次数太多，这里已经锁定，请 1 分钟后再试。急用请找系统管理员解除。"
    assert refused(login="operator", password="wrong", address="10.1.0.8") == "登录名或口令不对。"
    assert begin(now=NOW + MINUTE + timedelta(seconds=1))
    assert refused(password="wrong") == "登录名或口令不对。"  # counted anew


def test_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    now, waits = NOW, []
    for _ in range(11):
        because = refused(password="wrong", now=now)
        if because != "登录名或口令不对。":
            waits.append(int(because.split()[1]))
            now += waits[-1] * MINUTE
            refused(password="wrong", now=now)
    assert waits[:1] == [1]
    assert waits == sorted(waits)
    assert waits[-1] == 15


def test_an_address_that_tries_many_logins_waits() -> None:
    for i in range(50):
        assert refused(login=f"guess{i}") == "登录名或口令不对。"
    assert refused() == "试错的次数太多，这里已经锁定，请 1 分钟后再试。急用请找系统管理员解除。"
    assert begin(address="10.0.0.2")
    assert begin(now=NOW + timedelta(minutes=61))


def test_an_address_shared_by_an_office_bears_more_failures_than_a_login() -> None:
    for i in range(20):
        assert refused(login=f"clumsy{i % 5}", password="wrong")
    assert begin()


def failures_of(kind: str) -> int:
    from hotline.surfaces.sign_in import throttle_key

    with connection.cursor() as cur:
        cur.execute("SELECT failures FROM surfaces_signintry WHERE key = %s", [throttle_key(kind, HERE)])
        return int((cur.fetchone() or (0,))[0])


def test_a_success_takes_back_one_try_of_the_address_and_no_more() -> None:
    from hotline.surfaces.throttle import one_try

    for i in range(4):
        refused(login=f"guess{i}")
        with one_try("follow", f"number{i}", HERE, NOW):
            pass
    begin()
    with one_try("follow", "mine", HERE, NOW) as tried:
        tried.good = True
    assert (failures_of("address"), failures_of("follow-address")) == (4, 4)


@pytest.mark.parametrize(
    ("proxies", "said", "expected"),
    [
        (0, "198.51.100.7", "10.9.9.9"),  # nobody is trusted to say it
        (1, "203.0.113.5, 198.51.100.7", "198.51.100.7"),  # the left one was written by the visitor
        (2, "203.0.113.5, 198.51.100.7,10.9.9.8", "198.51.100.7"),
        (2, "198.51.100.7", "10.9.9.9"),  # came past a proxy
        (1, "", "10.9.9.9"),
        (1, None, "10.9.9.9"),
    ],
)
def test_behind_proxies_the_address_is_counted_from_the_right(proxies: int, said: str | None, expected: str) -> None:
    from hotline.surfaces.sessions import address

    headers = {} if said is None else {"HTTP_X_FORWARDED_FOR": said}
    with override_settings(HOTLINE_PROXIES=proxies):
        assert address(RequestFactory().get("/", REMOTE_ADDR="10.9.9.9", **headers)) == expected


def test_signing_in_from_one_address_all_day_is_no_failure() -> None:
    assert len({begin() for _ in range(12)}) == 12


def test_the_middleware_and_the_cookie(statements: Any) -> None:
    from hotline.procedure import times
    from hotline.surfaces import sessions

    seen: list[Any] = []
    asked = sessions.SessionMiddleware(lambda request: seen.append(request.visitor) or HttpResponse())
    with statements:
        asked(RequestFactory().get("/"))
    assert (seen, statements.count) == ([None], 0)
    request, response = RequestFactory().post("/"), HttpResponse()
    sessions.enter(request, response, sessions.sign_in(LOGIN, PASSWORD, sessions.address(request), times.wall()))
    cookie = response.cookies[sessions.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["path"]) == (True, "Lax", "", "/")
    request = RequestFactory().get("/")
    request.COOKIES[sessions.COOKIE] = cookie.value
    asked(request)
    assert seen[-1].person.login == LOGIN
    sessions.leave(request, response)
    asked(request)
    assert seen[-1] is None
    assert response.cookies[sessions.COOKIE].value == ""


def test_old_sessions_and_tries_are_removed() -> None:
    from hotline.surfaces.sessions import purge

    begin()
    refused(password="wrong")
    assert (purge(NOW), purge(NOW + timedelta(hours=13))) == (0, 1)
    with connection.cursor() as cur:
        cur.execute("SELECT count(*) FROM surfaces_signintry")
        assert cur.fetchone() == (0,)
