"""Django's settings, all from the environment: HOTLINE_DATA (data folder), DATABASE_URL, HOTLINE_* below.

Read by `python -m hotline.config`, which sets HOTLINE_DATA from --data. Nothing here writes to the disk.
"""

import os

from hotline.config import database, keys, pg_cluster
from hotline.config.complaint import Complaint
from hotline.config.logs import LOGGING as LOGGING
from hotline.config.paths import RULEBOOKS, data_folder
from hotline.surfaces import wiring as surfaces


def _words(name: str) -> list[str]:
    return [word for word in os.environ.get(name, "").replace(",", " ").split() if word]


def _on(name: str) -> bool:
    return os.environ.get(name, "") in ("1", "true", "yes")


def _count(name: str) -> int:
    given = os.environ.get(name, "") or "0"
    if not given.isascii() or not given.isdigit():
        raise Complaint(f"{name} 须为不小于 0 的整数，现为 {given}")
    return int(given)


DATA = data_folder()
TESTING = _on("HOTLINE_TESTING")
DEBUG = _on("HOTLINE_DEBUG")

# Ours
HOTLINE_OWNER_ROLE = database.owner_role()
HOTLINE_APP_ROLE = pg_cluster.APP_ROLE
HOTLINE_KEYS_DIR = DATA.keys
HOTLINE_SEALS_DIR = DATA.seals
HOTLINE_DESTROYED_DIR = DATA.destroyed
HOTLINE_FILES_DIR = DATA.files
HOTLINE_CALENDARS_DIR = DATA.calendars
HOTLINE_RULEBOOKS = RULEBOOKS
HOTLINE_RULEBOOK = os.environ.get("HOTLINE_RULEBOOK", "suzhou-2018")

# Django
SECRET_KEY = keys.django_secret(DATA.keys)
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "hotline.procedure",
    "hotline.network",
    "hotline.knowledge",
    "hotline.casework",
    "hotline.surfaces",
    "hotline.surfaces.ui",
    "hotline.surfaces.portal",
    "hotline.surfaces.workbench",
]
MIDDLEWARE = [
    "hotline.config.observing.Observed",
    "hotline.config.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hotline.config.freshness.FreshCalendars",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    *surfaces.MIDDLEWARE,
]
ROOT_URLCONF = "hotline.config.urls"
WSGI_APPLICATION = "hotline.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", *surfaces.CONTEXT_PROCESSORS],
            "loaders": [(surfaces.TEMPLATES, ["django.template.loaders.app_directories.Loader"])],
        },
    }
]
DATABASES = database.aliases(DATA)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# The city's own zone comes from its rulebook; instants are stored and computed in UTC.
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Names and transport. Behind a proxy that speaks https: HOTLINE_HOSTS="12345.example.cn" HOTLINE_HTTPS=1.
# How many trusted proxies stand in front, so that the throttle sees whom they serve: HOTLINE_PROXIES=1.
HOTLINE_PROXIES = _count("HOTLINE_PROXIES")
# Signing in: how many wrong tries go free at one account and from one address, how many minutes one is locked out at
# most; how long a password must be; whose posts ask for a second factor ("none": nobody's; unset: administrators and
# the head of the hotline's office, but in a simulated city nobody).
HOTLINE_SIGN_IN = {"free": _count("HOTLINE_SIGN_IN_TRIES") or 5, "longest": _count("HOTLINE_LOCK_MINUTES") or 15,
                   "free_of_an_address": _count("HOTLINE_SIGN_IN_TRIES_OF_ADDRESS") or 50}
HOTLINE_PASSWORD_LENGTH = _count("HOTLINE_PASSWORD_LENGTH") or 10
HOTLINE_IDLE_MINUTES = _count("HOTLINE_IDLE_MINUTES")  # after how long without use one must sign in again; 0: 12 hours
HOTLINE_SECOND_FACTOR = tuple(_words("HOTLINE_SECOND_FACTOR"))
HOTLINE_LOOKS = "hotline.config.health.look"  # who looks, when a page asks how the installation stands
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = LOCAL_HOSTS + _words("HOTLINE_HOSTS")
HTTPS = _on("HOTLINE_HTTPS")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in _words("HOTLINE_HOSTS")] if HTTPS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Where pages are told that something is new (`hotline push`): a port of its own, or `/push/` of the same origin where a
# proxy stands in front, which leads that address there. Not there, pages say what they said when they were opened.
HOTLINE_PUSH_PORT = _count("HOTLINE_PUSH_PORT")
HOTLINE_PROXIED = HTTPS or HOTLINE_PROXIES > 0
PUSH_ORIGINS = [] if HOTLINE_PROXIED or not HOTLINE_PUSH_PORT else [
    f"http://{'*' if host.startswith('.') else ''}{host}:{HOTLINE_PUSH_PORT}" for host in ALLOWED_HOSTS
    if host != "*" and not host.startswith("[")  # a policy has no word for such an address
]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hotline.config.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A file is held in memory or not at all: what is larger is passed over while it is read, and never reaches a disk.
FILE_UPLOAD_HANDLERS = ["hotline.surfaces.receiving.Bounded"]
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Attachments: how many an act may bring, MB each and together, how many one address may send an hour; where they lie
# (a folder unless an S3-compatible store is named), and who looks for viruses (clamd: a socket's path, or host:port).
HOTLINE_FILES = {"most": _count("HOTLINE_FILES_MOST") or 6, "each": _count("HOTLINE_FILE_MB") or 8,
                 "together": _count("HOTLINE_FILES_MB") or 30, "an_hour": _count("HOTLINE_FILES_AN_HOUR") or 60}
HOTLINE_S3_URL = os.environ.get("HOTLINE_S3_URL", "")
HOTLINE_CLAMD = os.environ.get("HOTLINE_CLAMD", "")
CONTENT_SECURITY_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", *PUSH_ORIGINS],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

# Static files: collected into the data folder under names that carry their hash; tests and debugging serve the sources.
STATIC_URL = "/static/"
STATIC_ROOT = DATA.static
PLAIN_STATIC = TESTING or DEBUG
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = PLAIN_STATIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA.files}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

globals().update(surfaces.SETTINGS)
