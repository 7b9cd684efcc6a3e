"""A server on 127.0.0.1 with issues in Redmine's form, made ahead, so that what is measured is not the server: it counts what it is
asked, and keeps connections open.

    GET /issues.json?offset=&limit=[&updated_on=>=TIME]
    GET /asked      {"pages": N, "others": N} since it was asked that last
"""
import datetime
import json
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BEGIN = datetime.datetime(2026, 1, 1)
NAMES = {"issue_statuses": ["New", "In Progress", "Closed"], "issue_priorities": ["Low", "Normal", "High"],
         "trackers": ["Bug", "Feature", "Support"]}
asked = {"pages": 0, "others": 0}
pages = {}
issues = []


def instant(number):
    return (BEGIN + datetime.timedelta(seconds=97 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")


def named(kind, number):
    at = number % len(NAMES[kind])
    return {"id": at + 1, "name": NAMES[kind][at]}


def issue(number):
    return {
        "id": number, "project": {"id": 1, "name": "Desk"}, "tracker": named("trackers", number),
        "status": named("issue_statuses", number), "priority": named("issue_priorities", number),
        "author": {"id": 1, "name": "Ada Lovelace"}, "subject": f"Issue {number}: the printer on floor {number % 7} is out of paper",
        "description": f"It says 'no paper' since {instant(number)}.\n" * (1 + number % 5), "start_date": "2026-01-01",
        "due_date": None, "done_ratio": number % 10 * 10, "is_private": False, "estimated_hours": None,
        "created_on": instant(number), "updated_on": instant(number), "closed_on": None,
    }


def body(found, offset, limit):
    return json.dumps(
        {"issues": found[offset:offset + limit], "total_count": len(found), "offset": offset, "limit": limit}).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 18
    disable_nagle_algorithm = True

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/issues.json":
            asked["pages"] += 1
            return self.answer(self.page(dict(urllib.parse.parse_qsl(query))))
        if path == "/asked":
            self.answer(json.dumps(asked).encode())
            asked.update(pages=0, others=0)
            return
        asked["others"] += 1
        name = path.removesuffix(".json").split("/")[-1]
        if name in NAMES:
            return self.answer(json.dumps({name: [{"id": at + 1, "name": word} for at, word in enumerate(NAMES[name])]}).encode())
        if name == "projects":
            return self.answer(b'{"projects": [{"id": 1, "name": "Desk", "identifier": "desk"}], "total_count": 1}')
        if name == "current":
            return self.answer(b'{"user": {"id": 1, "login": "ada"}}')
        self.answer(b"{}", 404)

    def page(self, query):
        offset, limit = int(query.get("offset", 0)), min(int(query.get("limit", 25)), 100)
        since = query.get("updated_on", "")
        if since.startswith(">="):
            return body([issue for issue in issues if issue["updated_on"] >= since[2:]], offset, limit)
        return pages[offset] if limit == 100 and offset in pages else body(issues, offset, limit)

    def answer(self, content, status=200):
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def main():
    issues.extend(issue(number + 1) for number in range(int(sys.argv[1])))
    for offset in range(0, len(issues) + 1, 100):
        pages[offset] = body(issues, offset, 100)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


main()
