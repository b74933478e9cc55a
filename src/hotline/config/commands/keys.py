"""`hotline keys`: which master keys there are, and a new one under which all keys of persons are wrapped."""

import argparse
import json
import time
from typing import Any

HELP = "主密钥：status 看各用着几把，rotate 换一把新的。换的途中可以随时中断，再执行一次就接着做；平台不必停。"
PASSES = 20
GRACE = 5.0  # seconds in which every process has taken the new master up and ended what it began before


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument("what", choices=("status", "rotate"), metavar="status|rotate", help="看，或换")
    parser.add_argument("--json", action="store_true", help="只输出 JSON")


def run(args: argparse.Namespace) -> int:
    """1 when keys are left that an older master wrapped."""
    from hotline.config import boot

    with boot.city(args.data):
        done = rotate() if args.what == "rotate" else 0
        said = {**status(), "rewrapped": done}
    if args.json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        print(told(said, args.what == "rotate"))
    return 1 if said["left"] else 0


def status() -> dict[str, Any]:
    """The newest master, how many keys each has wrapped, and how many are left to older ones."""
    from django.db import connection

    from hotline.procedure import rewrapping
    from hotline.procedure.world import current

    asked = " UNION ALL ".join(f"SELECT master_id FROM {table}" for table in rewrapping.TABLES)
    with connection.cursor() as cur:
        cur.execute(f"SELECT master_id, count(*) FROM ({asked}) AS m GROUP BY 1 ORDER BY 1")
        counts = dict(cur.fetchall())
    keys = current().keys
    return {"newest": keys.master_id, "keys": counts, "left": rewrapping.left(keys)}


def rotate() -> int:
    """A new master, unless the last rotation was not brought to its end: then that one; how many keys were wrapped."""
    from django.conf import settings

    from hotline.config import freshness, keys
    from hotline.procedure import rewrapping, times
    from hotline.procedure.models import MasterKey
    from hotline.procedure.world import current

    folder = settings.HOTLINE_KEYS_DIR
    if not rewrapping.left(current().keys):
        keys.new_master(folder, seed=keys.seed_of(times.birth_record().born))
        freshness.renew_keys()
    for master_id in keys.masters(folder)[1:]:
        MasterKey.objects.get_or_create(id=master_id, defaults={"key_check": keys.master_check(folder, master_id)})
    return _rewrap()


def _rewrap() -> int:
    """Pass after pass until one begins late enough for every process to have taken the new master up."""
    from hotline.procedure import rewrapping
    from hotline.procedure.world import current

    done, began = 0, time.monotonic()
    for _ in range(PASSES):
        done += sum(_pass(table) for table in rewrapping.TABLES)
        if not rewrapping.left(current().keys) and time.monotonic() - began > GRACE:
            break
        time.sleep(GRACE / 4)
    return done


def _pass(table: str) -> int:
    from hotline.procedure import rewrapping

    done, after = 0, 0
    while True:
        count, last = rewrapping.portion(table, after)
        if last is None:
            return done
        done, after = done + count, last


def told(said: dict[str, Any], rotated: bool) -> str:
    """For a person."""
    used = "，".join(f"{number} 号包着 {count} 把" for number, count in said["keys"].items()) or "还没有个人密钥"
    lines = [f"现用主密钥 {said['newest']} 号；{used}。"]
    if rotated:
        lines.append(f"这次重新包裹了 {said['rewrapped']} 把。请马上另存密钥：./hotline backup … --keys 目录；多机的抄到每一台。")
        lines.append("旧的主密钥文件要留着：备份里的个人密钥还是它包的，到期删完之前恢复要用。")
    if said["left"]:
        lines.append(f"还有 {said['left']} 把是旧主密钥包的，请再执行一次 ./hotline keys rotate。")
    return "\n".join(lines)
