"""A city in a process of its own, told what to do line by line, while backups are taken of it from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hotline.config.paths import REPO

CITY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from hotline.config import archiving, boot
from hotline.config.paths import DataFolder

data = DataFolder(Path(sys.argv[1])).prepare()
archiving.remember(data)  # as `up` does
with boot.city(data.root, born="simulated", at=datetime(2026, 9, 1, tzinfo=UTC)):
    from django.db import connections
    from hotline.procedure import destroying, sealing, times
    from support import many

    def sql(text, alias="default"):
        with connections[alias].cursor() as cur:
            cur.execute(text)
            return cur.fetchall() if cur.description else cur.rowcount

    def live(count, after):
        return len(many.write(count, times.now(), after=after))

    def attach(body):
        from hotline.casework.attachments import keeping
        from hotline.procedure.actor import Actor
        from hotline.procedure.card import REGISTRY
        from hotline.procedure.perform import Subject, perform
        from hotline.procedure.world import current
        from support.line import forms
        token = keeping.take_in("证据.pdf", body, b"somewhere").token
        form = {**forms(current().book)["register"],
                "channel": "web", "urgent": "", "files": token}
        return perform(REGISTRY["register"], Subject("matter"), form, actor=Actor("citizen"), now=times.now()).chain.id

    def hand_over(body):
        from hotline.network.models import Post
        from hotline.procedure.actor import Actor
        from hotline.procedure.card import REGISTRY
        from hotline.procedure.perform import Subject, perform
        post = Post.objects.filter(role="shift_leader", status="open").order_by("id")[0]
        who = Actor(post.role, post.person_id, post.id, post.unit_id)
        perform(REGISTRY["write_shift_note"], Subject("unit", post.unit_id), {"body": body}, actor=who, now=times.now())

    def forget(citizen_id):
        from hotline.casework import forgetting
        from hotline.casework.models import Matter
        from hotline.procedure.actor import Actor
        from hotline.procedure.card import REGISTRY
        from hotline.procedure.perform import Subject, perform
        for one in forgetting.matters_of(citizen_id):
            perform(REGISTRY["decline"], Subject("matter", one.matter_id), {"refusal": refusal()},
                    actor=Actor("shift_leader", 1, 1, 1), now=times.now())
        done = forgetting.forget(citizen_id, forgetting.matters_of(citizen_id), {"reason": "by request"},
                                 Actor("inspector", 2, 2, 1), times.now())
        return done.done, done.waiting, done.key_destroyed

    def opened():
        from hotline.casework.records import Citizen
        from hotline.procedure.secrets import decrypt, place
        from hotline.procedure.world import current
        found = sql("SELECT c.id, c.name_sealed, c.phone_sealed, k.wrapped, k.master_id FROM casework_citizen c"
                    " JOIN procedure_personkey k USING (id)")
        names = set()
        for row, name, phone, wrapped, by in found:
            key = current().keys.unwrap(row, bytes(wrapped), by)
            names.add(tuple(decrypt(key, bytes(v), place(Citizen.TABLE, row, f)).decode()
                            for f, v in (("name", name), ("phone", phone))))
        return len(found), names

    def renewed():
        from hotline.config import freshness
        return freshness.renew_keys()

    def refusal():
        from hotline.procedure.world import current
        from support.line import plain_refusal
        return plain_refusal(current().book)

    def seal(day):
        return sealing.seal(datetime(2026, 9, day).date(), data.seals, times.now()).number
    print("ready", flush=True)
    for line in sys.stdin:
        print(repr(eval(line)), flush=True)
"""


def environment(**more: str) -> dict[str, str]:
    """Nothing of this test's own settings."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HOTLINE_", "DJANGO_", "DATABASE_"))}
    return {**clean, "PYTHONPATH": f"{REPO / 'src'}:{REPO / 'tests'}", "PYTHONUTF8": "1", **more}


class City:
    """The process; `ask` evaluates an expression in it."""

    def __init__(self, data: Path, archive: Path) -> None:
        words = [sys.executable, "-c", CITY, str(data)]
        self.process = subprocess.Popen(
            words, env=environment(HOTLINE_ARCHIVE=str(archive)), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._read() == "ready"

    def _read(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def ask(self, expression: str) -> str:
        """The value, as Python writes it."""
        assert self.process.stdin is not None
        self.process.stdin.write(expression + "\n")
        self.process.stdin.flush()
        found = self._read()
        assert self.process.poll() is None or found, "the city ended"
        return found

    def end(self) -> None:
        """Stop it in order."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(30) == 0


def hotline(*words: str | Path, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """One command of the platform."""
    command = [sys.executable, "-m", "hotline.config", *map(str, words), "--data", str(data)]
    return subprocess.run(
        command, env=environment(**more), capture_output=True, text=True, encoding="utf-8", timeout=240, check=False
    )
