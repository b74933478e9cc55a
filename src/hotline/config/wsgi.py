"""The web application as granian's workers load it."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

from hotline.config import lifeline, wiring  # noqa: E402
from hotline.procedure import telling  # noqa: E402

if os.environ.get("HOTLINE_WORKER"):  # a worker of `hotline web` must not outlive it
    lifeline.tie_this_process()
application = get_wsgi_application()
wiring.wire()
if os.environ.get("HOTLINE_WORKER"):
    telling.begin()
# What is there by now stays: the search for circles need not go through it, and a page's own objects go as it ends,
# without one. With the usual 700 a page was searched through seven times (bench/README.md, “Lifecycle”).
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 100)
