"""Hangs the rooms together in one process: rulebook, keys, randomness, cards. Only config knows all of them."""

import importlib
import os
from typing import Any

CARDS = (
    "hotline.network.dossier",
    "hotline.network.transitions",
    "hotline.network.factor_look_ups",
    "hotline.network.danger_words",
    "hotline.knowledge.dossier",
    "hotline.knowledge.transitions",
    "hotline.knowledge.look_ups",
    "hotline.knowledge.messages",
    "hotline.casework.dossier",
    "hotline.casework.transitions",
    "hotline.casework.forgetting",
    "hotline.casework.messages",
    "hotline.casework.messages_of_returns",
    "hotline.casework.messages_of_dates",
    "hotline.casework.messages_of_calls",
    "hotline.casework.messages_of_leaders",
    "hotline.casework.messages_outside",
    "hotline.casework.messages_of_proposals",
)


def import_cards() -> None:
    """Import what registers itself: dossiers and transitions."""
    for name in CARDS:
        importlib.import_module(name)


def load_book(rulebook: str) -> Any:
    """A rulebook by its id, with the calendar years published here."""
    from django.conf import settings

    from hotline.rules import book

    return book.load(settings.HOTLINE_RULEBOOKS / rulebook, settings.HOTLINE_CALENDARS_DIR)


def load_keys() -> Any:
    """The keys of the data folder, as the procedure room wants them."""
    from django.conf import settings

    from hotline.config import keys
    from hotline.procedure.secrets import Keys

    folder = settings.HOTLINE_KEYS_DIR
    newest = keys.masters(folder)[-1]
    return Keys(keys.master(folder, newest) or keys.load(folder, "master"), keys.load(folder, "blind"),
                keys.load(folder, "query"), newest, lambda master_id: keys.master(folder, master_id))  # fmt: skip


def randomness(born: str) -> Any:
    """Chance for a real city, a seeded source for a simulated one."""
    from django.conf import settings

    from hotline.config import keys
    from hotline.procedure.secrets import Randomness, SeededRandomness

    return Randomness() if born == "real" else SeededRandomness(keys.load(settings.HOTLINE_KEYS_DIR, "salt"))


def install_world(born: str, rulebook: str) -> Any:
    """Make this process's world: what performing needs besides the database."""
    from hotline.procedure import world

    import_cards()
    books = published_books()
    book = books.get(rulebook) or load_book(rulebook)
    made = world.World(book, load_keys(), randomness(born), books=books)
    world.install(made)
    install_files()
    return made


def published_books() -> dict[str, Any]:
    """Every rulebook that matters may be pinned to, each still as it was published. Raises RulebookChanged."""
    from hotline.procedure import times
    from hotline.procedure.models import RulebookVersion

    books = {name: load_book(name) for name in RulebookVersion.objects.values_list("id", flat=True)}
    times.check_rulebooks(books.values())
    return books


def insist_on_keys(born: str, key_check: bytes | None) -> None:
    """The data folder's keys are those this city was born with, and a real one's are secret. Raises Complaint."""
    from django.conf import settings

    from hotline.config import keys

    if born == "real":
        keys.insist_on_secrecy(settings.HOTLINE_KEYS_DIR)
    if key_check is not None:
        keys.insist_on_the_same(settings.HOTLINE_KEYS_DIR, key_check)
        insist_on_masters()


def insist_on_masters() -> None:
    """Every master made since the birth is here, and is the one that was made. Raises Complaint."""
    from django.conf import settings

    from hotline.config import keys
    from hotline.procedure.models import MasterKey

    for master_id, kept in MasterKey.objects.values_list("id", "key_check"):
        keys.insist_on_master(settings.HOTLINE_KEYS_DIR, master_id, bytes(kept))


def install_files() -> None:
    """The file store, the scanner and the limits of this process. Raises Complaint for settings that mean nothing."""
    from django.conf import settings

    from hotline.casework.attachments import ports
    from hotline.gateways import scanner

    given = settings.HOTLINE_FILES
    limits = ports.Limits(given["most"], given["each"] * ports.MEGABYTE, given["together"] * ports.MEGABYTE,
                          given["an_hour"])  # fmt: skip
    ports.install(ports.Ports(file_store(), scanner.choose(settings.HOTLINE_CLAMD), limits))


def file_store() -> Any:
    """Where files lie: an S3-compatible store where one is named, else the data folder. Raises Complaint."""
    from django.conf import settings

    from hotline.config.complaint import Complaint
    from hotline.gateways import file_store

    if not settings.HOTLINE_S3_URL:
        return file_store.Folder(settings.HOTLINE_FILES_DIR)
    key, secret = os.environ.get("HOTLINE_S3_KEY", ""), os.environ.get("HOTLINE_S3_SECRET", "")
    try:
        region = os.environ.get("HOTLINE_S3_REGION", "us-east-1")
        return file_store.S3(file_store.Bucket(settings.HOTLINE_S3_URL, key, secret, region))
    except ValueError as error:
        raise Complaint(f"HOTLINE_S3_URL：{error}") from error


def wire() -> None:
    """Called once a process, after Django is set up and the city is born. Raises Complaint for keys not its own."""
    from hotline.procedure import times

    times.forget()
    found = times.birth_record()
    insist_on_keys(found.born, found.key_check)
    install_world(found.born, found.rulebook)
