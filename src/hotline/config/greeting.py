"""What `up` says once the site answers: the address, the accounts, how to stop."""

import http.client
import os
import time
import unicodedata
from typing import Any

from hotline.config.locks import wait_until
from hotline.config.supervisor import say

HOSTS = "从别的机器访问，须先设 HOTLINE_HOSTS=域名或地址，否则会被拒绝。"
SLOW = "网站尚未应答，请看上面的提示；仍在继续尝试。"


def reachable(host: str) -> str:
    """A host one can type into a browser."""
    return "127.0.0.1" if host in ("0.0.0.0", "", "::") else host


def answers(host: str, port: int) -> bool:
    """Does the site answer its liveness address?"""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=2)
    try:
        connection.request("GET", "/-/alive", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def width(text: str) -> int:
    """Columns on a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows in aligned columns."""
    if not rows:
        return []
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(row)).rstrip() for row in rows]


def announce(host: str, port: int, told: Any, began: float) -> None:
    """Tell it all, as soon as the site serves."""
    if not wait_until(lambda: answers(host, port), 20.0):
        say(SLOW)
    say(f"\n民声已就绪（{time.monotonic() - began:.1f} 秒）：http://{reachable(host)}:{port}/")
    for line in account_lines(told):
        say(line)
    if host != reachable(host) and not os.environ.get("HOTLINE_HOSTS"):
        say(HOSTS)
    say("按 Ctrl-C 停止。\n")


def account_lines(told: Any) -> list[str]:
    """The demo accounts of a simulated city, or the one-time password of a new real one."""
    if told.password:
        return [f"管理员 admin 的一次性口令（只显示这一次，登录后须更换）：{told.password}"]
    if not told.accounts:
        return []
    passwords = "、".join(dict.fromkeys(account.password for account in told.accounts))
    return [f"演示账号（模拟城市，数据均为虚构），口令：{passwords}", *("  " + line for line in by_unit(told.accounts))]


def by_unit(accounts: list[Any]) -> list[str]:
    """One line a unit: its accounts, each with its posts."""
    units: dict[str, list[str]] = {}
    for account in accounts:
        units.setdefault(account.unit, []).append(f"{account.login}（{account.post}）")
    return table([(unit, "  ".join(names)) for unit, names in units.items()])
