"""Trello: all cards of a board at once, what happened to them as actions, a status is a list."""

import re

from store import read, utc

SPECS = ["trello"]
BASE = "/1"
UNAUTHORIZED = "invalid key"
FORBIDDEN = "unauthorized card permission requested"
RATE_LIMIT = (429, {"error": "API_TOKEN_LIMIT_EXCEEDED", "message": "Rate limit exceeded"})
MISSING = 404, "The requested resource was not found."
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
BOARD = "board"


def key(request):
    found = re.search(r'oauth_token="([^"]*)"', request.headers.get("Authorization", ""))
    return found[1] if found else request.args.get("token")


def identifier(record):
    return "%08x%016x" % (record.created // 1000, record.number)


def show(record, names=None):
    card = dict({"desc": "", "closed": False, "due": None, "idLabels": []}, **record.fields, id=identifier(record), dateLastActivity=utc(record.updated, TIME))
    return {name: value for name, value in card.items() if names in (None, "all") or name in names.split(",") or name == "id"}


def find(mock, wanted):
    return mock.store.find("cards", int(wanted[8:], 16)) if re.fullmatch("[0-9a-f]{24}", wanted) else None


def given(request):
    told = dict(request.args.to_dict(), **(request.get_json(silent=True) or {}))
    fields = {name: value for name, value in told.items() if name not in ("key", "token")}
    if "closed" in fields:
        fields["closed"] = fields["closed"] in (True, "true")
    return fields


def act(mock, kind, record, old=None, text=None):
    data = {"card": {"id": identifier(record), "name": record.fields.get("name")}, "old": old or {}}
    return mock.store.make("actions", {"type": kind, "data": dict(data, text=text) if text is not None else data})


def cards(mock, request, board):
    told = request.args
    records = sorted(mock.store.living("cards"), key=lambda record: record.number)
    if told.get("filter", "visible") in ("visible", "open"):
        records = [record for record in records if not record.fields.get("closed")]
    if told.get("before"):
        records = [record for record in records if identifier(record) < told["before"]]
    return 200, [show(record, told.get("fields")) for record in records[-int(told.get("limit", 1000)):]]


def actions(mock, request, board):
    wanted, since = request.args.get("filter", "all").split(","), request.args.get("since")
    records = mock.store.living("actions", read(since))[::-1]
    if request.args.get("before"):
        records = [r for r in records if r.updated < read(request.args["before"])]
    records = [r for r in records if wanted == ["all"] or r.fields["type"] in wanted][:min(int(request.args.get("limit", 50)), 1000)]
    return 200, [dict(r.fields, id=identifier(r), date=utc(r.updated, TIME), idMemberCreator="robot") for r in records]


def make(mock, request):
    fields = given(request)
    if not fields.get("idList"):
        return 400, "invalid value for idList"
    record = mock.store.make("cards", fields)
    act(mock, "createCard", record)
    return 200, show(record)


def get(mock, request, wanted):
    record = find(mock, wanted)
    return (200, show(record, request.args.get("fields"))) if record else MISSING


def change(mock, request, wanted):
    record, fields = find(mock, wanted), given(request)
    if not record:
        return MISSING
    old = {name: record.fields.get(name) for name in fields}
    act(mock, "updateCard", mock.store.change(record, fields), old)
    return 200, show(record)


def delete(mock, request, wanted):
    record = find(mock, wanted)
    if not record:
        return MISSING
    mock.store.delete(record)
    act(mock, "deleteCard", record)
    return 200, {"limits": {}}


def said(action):
    return dict(action.fields, id=identifier(action), date=utc(action.created, TIME), memberCreator={"username": "robot"})


def say(mock, request, wanted):
    record = find(mock, wanted)
    if not record:
        return MISSING
    record.comments.append(act(mock, "commentCard", mock.store.change(record, {}), text=given(request).get("text", "")))
    return 200, said(record.comments[-1])


def comments(mock, request, wanted):
    record = find(mock, wanted)
    return (200, [said(action) for action in record.comments[::-1]]) if record else MISSING


ONE = "/cards/([^/]+)"
UNDESCRIBED = [ONE + "/actions(?:/comments)?"]
ROUTES = [
    ("GET", "/boards/([^/]+)/cards", cards), ("GET", "/boards/([^/]+)/actions", actions), ("POST", "/cards", make),
    ("GET", ONE, get), ("PUT", ONE, change), ("DELETE", ONE, delete),
    ("POST", ONE + "/actions/comments", say), ("GET", ONE + "/actions", comments),
]
