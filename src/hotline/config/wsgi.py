"""The web application as granian's workers load it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

from hotline.config import lifeline, wiring  # noqa: E402

if os.environ.get("HOTLINE_WORKER"):  # a worker of `hotline web` must not outlive it
    lifeline.tie_this_process()
application = get_wsgi_application()
wiring.wire()
