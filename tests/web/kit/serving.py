"""The kit alone, served for a browser: components page and error pages, with static files as in production.

`python -m tests.web.kit.serving PORT STATIC_ROOT` collects the static files and serves on loopback.
No accounts and no vault: what is under test is how things look and behave.
"""

from __future__ import annotations

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

TEMPLATES = Path(__file__).resolve().parents[3] / "opsystem" / "web" / "templates"
PAGES = Path(__file__).resolve().parent / "pages"


def configure(static_root: Path) -> None:
    """Set Django up as far as the kit needs it."""
    settings.configure(
        SECRET_KEY="of the kit's tests only",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.web.kit.serving_urls",
        INSTALLED_APPS=["django.contrib.staticfiles"],
        MIDDLEWARE=[
            "opsystem.config.headers.HeadersMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "DIRS": [TEMPLATES, PAGES],
                "OPTIONS": {"environment": "opsystem.web.templating.environment"},
            }
        ],
        STATIC_URL="/static/",
        STATIC_ROOT=static_root,
        STATICFILES_FINDERS=["opsystem.web.assets.AssetFinder"],
        STORAGES={
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
        USE_TZ=True,
        TIME_ZONE="America/Chicago",
    )


class ThreadedServer(ThreadingMixIn, WSGIServer):
    """A server for one browser."""

    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Write nothing."""


def main(port: int, static_root: Path) -> None:
    """Collect and serve until killed."""
    configure(static_root)
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    with make_server("127.0.0.1", port, get_wsgi_application(), ThreadedServer, QuietHandler) as server:
        print("ready", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
