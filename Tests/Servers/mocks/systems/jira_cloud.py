"""Jira Cloud: JQL with the grain of a minute, pages by token, a status only by a transition."""

import re

from store import read, utc

SPECS = ["jira-cloud"]
UNAUTHORIZED = {"errorMessages": ["Client must be authenticated to access this resource."], "errors": {}}
FORBIDDEN = {"errorMessages": ["You do not have permission to edit issues in this project."], "errors": {}}
RATE_LIMIT = (429, {"errorMessages": ["Rate limit exceeded."]}, {"Retry-After": "1", "RateLimit-Reason": "jira-burst-based"})
MISSING = 404, {"errorMessages": ["Issue does not exist or you do not have permission to see it."], "errors": {}}
TIME = "%Y-%m-%dT%H:%M:%S.%f+0000"
TO = {"11": {"id": "1", "name": "To Do"}, "21": {"id": "3", "name": "In Progress"}, "31": {"id": "10001", "name": "Done"}}


def show(record, names=None):
    fields = dict({"status": TO["11"]}, **record.fields, created=utc(record.created, TIME), updated=utc(record.updated, TIME))
    if names is not None and "*all" not in names:
        fields = {name: value for name, value in fields.items() if name in names}
    if record.files and (names is None or "*all" in names or "attachment" in names):
        fields["attachment"] = [file(one) for one in record.files]
    shown = {"id": str(10_000 + record.number), "key": key_of(record), "self": ""}
    return shown if names == [] else dict(shown, fields=fields)


def key_of(record):
    return "%s-%d" % (record.fields.get("project", {}).get("key", "SYNC"), record.number)


def find(mock, name):
    number = name.split("-")[-1] if "-" in name else int(name) - 10_000 if name.isdigit() else None
    return mock.store.find("issues", number)


def asked(request):
    told = (request.get_json() if request.method == "POST" else request.args.to_dict()) or {}
    names = told.get("fields") or []
    return told, names.split(",") if isinstance(names, str) else names


def search(mock, request):
    told, names = asked(request)
    jql = told.get("jql", "")
    if not re.search(r"\w\s*(=|>=|in\b|~)", jql):
        return 400, {"errorMessages": ["Unbounded JQL queries are not allowed here."], "errors": {}}
    since = re.search(r'updated\s*>=\s*["\']([^"\']+)["\']', jql)
    records = mock.store.living("issues", read(since[1]) if since else None, 60_000)
    project = re.search(r'project\s*=\s*"?([\w-]+)', jql)
    if project:
        records = [r for r in records if project[1] in r.fields.get("project", {}).values()]
    if not re.search(r"(?i)order by updated", jql):
        records.sort(key=lambda record: record.number)
    start = mock.parts(told["nextPageToken"]) if told.get("nextPageToken") else [0]
    if start is None:
        return 400, {"errorMessages": ["The provided next page token is invalid or has expired."], "errors": {}}
    some, more = mock.page(records, min(int(told.get("maxResults", 50)), 100 if names else 5000), start[0])
    answer = {"issues": [show(record, names) for record in some], "isLast": more is None}
    return 200, dict(answer, nextPageToken=mock.cursor(more)) if more else answer


def make(mock, request):
    fields = request.get_json().get("fields", {})
    missing = {name: "%s is required." % name for name in ("project", "summary", "issuetype") if not fields.get(name)}
    if missing:
        return 400, {"errorMessages": [], "errors": missing}
    record = mock.store.make("issues", dict(fields))
    return 201, {"id": str(10_000 + record.number), "key": key_of(record), "self": ""}


def get(mock, request, name):
    record = find(mock, name)
    return (200, show(record, asked(request)[1] or None)) if record else MISSING


def change(mock, request, name):
    record, fields = find(mock, name), request.get_json().get("fields", {})
    if record and "status" in fields:
        return 400, {"errorMessages": [], "errors": {"status": "Field 'status' cannot be set."}}
    return (204, mock.store.change(record, fields) and None) if record else MISSING


def delete(mock, request, name):
    record = find(mock, name)
    return (204, mock.store.delete(record)) if record else MISSING


def reachable(record):
    """All but where it is already."""
    now = record.fields.get("status", TO["11"])
    return {number: to for number, to in TO.items() if to != now}


def transitions(mock, request, name):
    record = find(mock, name)
    shown = [{"id": number, "name": to["name"], "to": to} for number, to in reachable(record).items()] if record else []
    return (200, {"transitions": shown}) if record else MISSING


def transition(mock, request, name):
    record, told = find(mock, name), request.get_json()
    if not record:
        return MISSING
    to = reachable(record).get(told.get("transition", {}).get("id"))
    if not to:
        return 400, {"errorMessages": ["It seems that you have tried to perform an illegal workflow operation."], "errors": {}}
    return 204, mock.store.change(record, dict(told.get("fields") or {}, status=to)) and None


def comment(record):
    return dict(record.fields, id=str(record.number), author={"accountId": "robot", "displayName": "Robot"},
                created=utc(record.created, TIME), updated=utc(record.updated, TIME))


def comments(mock, request, name):
    record = find(mock, name)
    if not record:
        return MISSING
    start = int(request.args.get("startAt", 0))
    some, _ = mock.page(record.comments, min(int(request.args.get("maxResults", 50)), 100), start)
    return 200, {"startAt": start, "maxResults": 50, "total": len(record.comments), "comments": [comment(one) for one in some]}


def say(mock, request, name):
    record = find(mock, name)
    return (201, comment(mock.store.comment(record, request.get_json()))) if record else MISSING


def file(one):
    return {"id": str(one.number), "filename": one.fields["name"], "mimeType": one.fields["type"], "size": len(one.fields["data"]),
            "created": utc(one.created, TIME), "author": {"accountId": "robot", "displayName": "Robot"},
            "content": "/rest/api/3/attachment/content/%d" % one.number}


def attach(mock, request, name):
    record = find(mock, name)
    if not record:
        return MISSING
    if request.headers.get("X-Atlassian-Token") != "no-check":
        return 403, {"errorMessages": ["XSRF check failed"], "errors": {}}
    made = [mock.store.attach(record, {"name": one.filename, "type": one.mimetype, "data": one.read()}) for one in request.files.getlist("file")]
    return (200, [file(one) for one in made]) if made else (400, {"errorMessages": ["no file"], "errors": {}})


def content(mock, request, number):
    record, one = mock.store.attached("issues", number)
    if not one:
        return MISSING
    if request.args.get("redirect") != "false":
        return 303, None, {"Location": "https://media.example.com/file"}
    return 200, one.fields["data"]


def detach(mock, request, number):
    record, one = mock.store.attached("issues", number)
    return (204, record.files.remove(one)) if one else MISSING


def removed(mock, request):
    return 410, {"errorMessages": ["The requested API has been removed. Please migrate to /rest/api/3/search/jql."], "errors": {}}


# The description that is at hand has no attachments; these are as the vendor's documentation tells, unchecked.
UNDESCRIBED = ["/rest/api/3/issue/[^/]+/attachments", "/rest/api/3/attachment/.+"]
API = "/rest/api/3"
ONE = API + "/issue/([^/]+)"
ROUTES = [
    ("GET", API + "/search/jql", search), ("POST", API + "/search/jql", search),
    ("GET", API + "/search", removed), ("POST", API + "/search", removed),
    ("POST", API + "/issue", make), ("GET", ONE, get), ("PUT", ONE, change), ("DELETE", ONE, delete),
    ("GET", ONE + "/transitions", transitions), ("POST", ONE + "/transitions", transition),
    ("GET", ONE + "/comment", comments), ("POST", ONE + "/comment", say),
    ("POST", ONE + "/attachments", attach), ("GET", API + "/attachment/content/([^/]+)", content),
    ("DELETE", API + "/attachment/([^/]+)", detach),
    ("GET", API + "/myself", lambda mock, request: (200, {"accountId": "robot", "timeZone": "Etc/UTC"})),
]
