"""Takes HTTP requests on 127.0.0.1 and writes down what came.

Arguments: a folder. The port stands in its file `port` once requests are taken; each request is a line of JSON in `requests`.
With `LOCKSTEP_KEY` in the environment the signature is checked as a receiver would, with Python's own HMAC.

/fail/CODE answers with that status, /slow never answers, /moved answers with a redirect.
"""

import hashlib
import hmac
import http.server
import json
import os
import sys
import threading

folder = sys.argv[1]
key = os.environ.get("LOCKSTEP_KEY", "").encode()
lock = threading.Lock()


def check(header, body):
    """What the signature is: right, wrong or none."""
    if not header:
        return "none"
    parts = dict(part.split("=", 1) for part in header.split(","))
    code = hmac.new(key, parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    return "right" if hmac.compare_digest(code, parts["v1"]) else "wrong"


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = {
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": body.decode(),
            "signature": check(self.headers.get("Lockstep-Signature"), body),
        }
        with lock, open(folder + "/requests", "a", encoding="utf-8") as file:
            file.write(json.dumps(request) + "\n")
        if self.path.startswith("/slow"):
            threading.Event().wait(600)
        status = int(self.path.split("/")[2]) if self.path.startswith("/fail/") else 200
        self.send_response(302 if self.path.startswith("/moved") else status)
        self.send_header("Content-Length", "2")
        if self.path.startswith("/moved"):
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
server.daemon_threads = True
with open(folder + "/port.new", "w", encoding="utf-8") as file:
    file.write(str(server.server_port))
os.rename(folder + "/port.new", folder + "/port")
server.serve_forever()
