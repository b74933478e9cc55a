"""The push application as granian's worker loads it (`hotline push`); the site itself is served by `wsgi`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")

import django  # noqa: E402

from hotline.config import lifeline  # noqa: E402

django.setup()
if os.environ.get("HOTLINE_WORKER"):  # the worker of `hotline push` must not outlive it
    lifeline.tie_this_process()

from hotline.config import wiring  # noqa: E402
from hotline.surfaces.push.app import Push  # noqa: E402

wiring.wire()
application = Push()
