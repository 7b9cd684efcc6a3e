"""A vendor's system as its documentation tells it, on 127.0.0.1, in memory.

Arguments: SYSTEM PORT VIOLATIONS. SYSTEM is a file of systems/. Each request is held against the vendor's description, which lies in
$LOCKSTEP_VENDORS; what it refuses is answered with 400 and written to the file VIOLATIONS, a line of JSON each.

The key is `key`; the path /token hands out others for client credentials and refresh tokens, and a refresh token serves once.
POST /__control {"fail": WHAT, "times": N} makes the next N requests (1; null: all) fail: "rate limit", "maintenance", "deny write".
"expire token" and "revoke token" end what was handed out; "expire cursor" ends page and change tokens; "none" ends all faults.
GET /__control tells how many requests came, and which tokens hold.
"""

import base64
import importlib
import io
import json
import os
import re
import sys
import threading

sys.path.insert(0, os.environ.get("LOCKSTEP_VENDORS") or os.path.join(os.path.dirname(__file__), "../../../../shared/vendors"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from mock import Checker  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402
from werkzeug.wrappers import Request, Response  # noqa: E402

from store import Store  # noqa: E402


class Mock:
    def __init__(self, system, port, log):
        self.system = importlib.import_module("systems." + system.replace("-", "_"))
        self.origin = "http://127.0.0.1:%d" % port
        self.base = self.origin + getattr(self.system, "BASE", "")
        folder = sys.path[1]
        self.checkers = [Checker("%s/%s.json" % (folder, name), self.origin) for name in self.system.SPECS]
        self.log = open(log, "a", buffering=1, encoding="utf-8")
        self.lock = threading.Lock()
        self.store = Store()
        self.keys, self.refresh, self.issued, self.asked, self.epoch = {"key"}, {"refresh"}, 0, 0, 0
        self.fault, self.left = None, 0

    # What every system does.

    def answer(self, request):
        with self.lock:
            if request.path == "/__control":
                return self.control(request)
            self.asked += 1
            if request.path.rstrip("/").endswith("/token") and request.method == "POST":
                return self.token(request)
            return self.refusal(request) or self.failure(request) or self.checked(request)

    def control(self, request):
        if request.method == "POST":
            told = request.get_json()
            what, times = told["fail"], told.get("times", 1)
            if what in ("expire token", "revoke token"):
                self.keys = set()
                if what == "revoke token":
                    self.refresh = set()
            elif what == "expire cursor":
                self.epoch += 1
            elif what == "restore key":
                self.keys.add("key")
            elif what in ("rate limit", "maintenance", "deny write", "none"):
                self.fault, self.left = (None if what == "none" else what), (1 << 60 if times is None else times)
            else:
                return 400, {"error": "unknown: " + what}
        return 200, {"asked": self.asked, "keys": sorted(self.keys), "refresh": sorted(self.refresh)}

    def token(self, request):
        form = request.form
        if form.get("grant_type") == "refresh_token":
            if form.get("refresh_token") not in self.refresh:
                return 400, {"error": "invalid_grant"}
            self.refresh.discard(form["refresh_token"])
        elif form.get("client_secret") != "secret":
            return 401, {"error": "invalid_client"}
        self.issued += 1
        key, refresh = "key%d" % self.issued, "refresh%d" % self.issued
        self.keys.add(key)
        self.refresh.add(refresh)
        return 200, {"access_token": key, "refresh_token": refresh, "token_type": "Bearer", "expires_in": 3600}

    def refusal(self, request):
        given = getattr(self.system, "key", bearer_or_basic)(request)
        if given not in self.keys:
            return 401, getattr(self.system, "UNAUTHORIZED", {"error": "unauthorized"})
        return None

    def failure(self, request):
        writes = request.method in ("PUT", "PATCH", "DELETE") or request.method == "POST" and not self.reads(request)
        if self.left < 1 or self.fault is None or self.fault == "deny write" and not writes:
            return None
        self.left -= 1
        if self.fault == "rate limit":
            return getattr(self.system, "RATE_LIMIT", (429, {"error": "too many requests"}, {"Retry-After": "1"}))
        if self.fault == "maintenance":
            return 503, getattr(self.system, "MAINTENANCE", {"error": "maintenance"}), {"Retry-After": "1"}
        return 403, getattr(self.system, "FORBIDDEN", {"error": "forbidden"})

    @staticmethod
    def reads(request):
        """Whether a POST only asks."""
        if re.search(r"/(search|query|jql|listRecords|count)(/|$)", request.path):
            return True
        return request.path == "/graphql" and not re.search(r"^\s*mutation", str((request.get_json(silent=True) or {}).get("query")))

    def checked(self, request):
        # What the description refuses and the vendor's documentation has.
        wider = getattr(self.system, "WIDER", ())
        plain = self.plain(request)
        judged = [[error for error in checker.errors(plain) if not any(re.fullmatch(known, error) for known in wider)]
                  for checker in self.checkers]
        if all(judged):
            errors = min(judged, key=lambda errors: any("NotFound" in error for error in errors))
            # A path that no description has, and the documentation does.
            if not any(re.fullmatch(path, self.path(request)) for path in getattr(self.system, "UNDESCRIBED", ())):
                self.log.write(json.dumps({"method": request.method, "path": request.full_path, "errors": errors}) + "\n")
                return 400, {"errors": errors}
        for method, path, work in self.system.ROUTES:
            found = re.fullmatch(path, self.path(request))
            if method == request.method and found:
                return work(self, request, *found.groups())
        return 404, {"error": "no such path"}

    def plain(self, request):
        """The request with the path as the description has it: what stands before it hides its parameters from the checker."""
        environ = dict(request.environ, PATH_INFO=self.path(request))
        environ["wsgi.input"] = io.BytesIO(request.get_data())
        return Request(environ)

    def path(self, request):
        return request.path[len(getattr(self.system, "BASE", "")):]

    # What systems make their answers of.

    def page(self, records, size, start=0):
        """Some of the records, and where the next ones begin, or None."""
        start, end = int(start or 0), int(start or 0) + int(size)
        return records[start:end], end if end < len(records) else None

    def cursor(self, *parts):
        """An opaque text that `parts` reads again; None of None."""
        if parts[0] is None:
            return None
        return base64.urlsafe_b64encode(json.dumps([self.epoch, *parts]).encode()).decode().rstrip("=")

    def parts(self, cursor):
        """What a cursor was made of; None where it ran out or is none of ours."""
        try:
            epoch, *parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        except ValueError:
            return None
        return parts if epoch == self.epoch else None

    def link(self, request, **changed):
        """The URL that was asked with other parameters."""
        from urllib.parse import urlencode

        pairs = [(name, value) for name, value in request.args.items(multi=True) if name not in changed]
        return self.origin + request.path + "?" + urlencode(pairs + list(changed.items()))


def bearer_or_basic(request):
    given = request.authorization
    if given is None:
        return None
    return given.token if given.type == "bearer" else (given.password or "").split(":")[-1]


def main():
    system, port, log = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    mock = Mock(system, port, log)

    @Request.application
    def app(request):
        status, body, *headers = mock.answer(request)
        if isinstance(body, bytes):
            return Response(body, status, headers[0] if headers else {}, content_type="application/octet-stream")
        text = "" if body is None else json.dumps(body)
        return Response(text, status, headers[0] if headers else {}, content_type="application/json")

    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
