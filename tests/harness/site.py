"""The site on a free port, in threads of the test's own process, against the test's own clone."""

import contextlib
import functools
import threading
from collections.abc import Iterator
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler


class Quiet(WSGIRequestHandler):
    """Requests are not listed."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@functools.cache
def application() -> Any:
    """Django's application; its middleware is loaded once a process."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


@contextlib.contextmanager
def site() -> Iterator[str]:
    """Serve for the length of a block; yields the address without a closing slash."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
