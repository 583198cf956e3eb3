"""A Django site in one file: its own sessions, sign-in and CSRF protection, and a page with latchkey."""

import json
import signal
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import parse_qs

import django
from django.conf import settings

# What ends it must let it take its folder away.
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
folder = tempfile.TemporaryDirectory(prefix="latchkey-django-")

settings.configure(
    SECRET_KEY="of the tests",
    ALLOWED_HOSTS=[".localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    SESSION_ENGINE="django.contrib.sessions.backends.file",
    SESSION_FILE_PATH=folder.name,
    AUTHENTICATION_BACKENDS=[__name__ + ".InMemory"],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.contrib import auth  # noqa: E402
from django.contrib.auth.signals import user_logged_in  # noqa: E402
from django.core.exceptions import PermissionDenied  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.middleware.csrf import rotate_token  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import ensure_csrf_cookie  # noqa: E402

# It would be written to a database, and there is none.
user_logged_in.disconnect(dispatch_uid="update_last_login")


class InMemory:
    """The one user there is."""

    def get_user(self, pk):
        return auth.get_user_model()(pk=pk, username="ada")


def signed_in(view):
    def checked(request):
        return view(request) if request.user.is_authenticated else HttpResponse(status=401)

    return checked


def login(request):
    auth.login(request, InMemory().get_user(1))
    return JsonResponse({})


def logout(request):
    auth.logout(request)
    return HttpResponse(status=204)


def forbidden(request):
    raise PermissionDenied


def rotate(request):
    rotate_token(request)
    return HttpResponse(status=204)


def expire(request):
    # By a store of its own: flush() would have the cookie deleted as well.
    type(request.session)(request.session.session_key).delete()
    return HttpResponse(status=204)


urlpatterns = [
    path("csrf-token", ensure_csrf_cookie(lambda request: HttpResponse(status=204))),
    path("login", login),
    path("logout", logout),
    path("me", signed_in(lambda request: JsonResponse({"sub": request.user.username}))),
    path("items", signed_in(lambda request: JsonResponse({}, status=201))),
    path("forbidden", signed_in(forbidden)),
    path("control/rotate", rotate),
    path("control/expire", expire),
]

HERE = Path(__file__).parent.parent
FILES = {
    "/page": (HERE / "page.html", "text/html; charset=utf-8"),
    "/latchkey.min.js": (HERE.parent.parent.parent / "dist/latchkey.min.js", "text/javascript"),
}


class Front:
    """What front.ts is to the other servers."""

    def __init__(self, framework):
        self.framework, self.logs, self.spoilt = framework, {}, set()
        self.lock = threading.Lock()

    def __call__(self, environ, start):
        asked, query = environ["PATH_INFO"], parse_qs(environ["QUERY_STRING"])
        host = query.get("host", [environ["HTTP_HOST"].split(":")[0]])[0]
        if asked in FILES:
            file, kind = FILES[asked]
            return self.reply(start, file.read_bytes(), kind)
        if asked == "/control/log":
            return self.reply(start, json.dumps(self.logs.get(host, [])).encode())
        if asked == "/control/spoil":
            self.spoilt.add(host)
            return self.reply(start, b"null")
        return self.framework(environ, start if asked.startswith("/control/") else self.noting(environ, host, start))

    def reply(self, start, body, kind="application/json"):
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-cache")])
        return [body]

    def noting(self, environ, host, start):
        csrf = "x-csrftoken" if "HTTP_X_CSRFTOKEN" in environ else None
        if csrf and host in self.spoilt:
            environ["HTTP_X_CSRFTOKEN"] = "spoilt"
        entry = {"method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"], "csrf": csrf}
        entry |= {"query": environ["QUERY_STRING"], "cookie": "HTTP_COOKIE" in environ}

        def started(status, headers, *rest):
            with self.lock:
                self.logs.setdefault(host, []).append({**entry, "status": int(status.split()[0])})
            return start(status, headers, *rest)

        return started


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
server.daemon_threads = True
server.set_app(Front(get_wsgi_application()))
print(json.dumps({"port": server.server_port, "version": ".".join(map(str, django.VERSION[:2]))}), flush=True)
server.serve_forever()
