"""Syncro: pages of 25 by number, changes since a day, statuses as texts."""

from store import read, utc

SPECS = ["syncro-tickets"]
BASE = "/api/v1"
UNAUTHORIZED = {"error": "Not Authorized"}
FORBIDDEN = {"error": "You do not have permission to do that"}
MISSING = 404, {"message": "Not found"}
TIME = "%Y-%m-%dT%H:%M:%S.%f+00:00"


def key(request):
    return request.args.get("api_key") or (request.headers.get("Authorization") or "").removeprefix("Bearer ")


def show(record):
    comments = [dict(one.fields, id=one.number, ticket_id=record.number, created_at=utc(one.created, TIME)) for one in record.comments]
    return dict({"status": "New", "problem_type": None}, **record.fields, id=record.number, number=1000 + record.number,
                created_at=utc(record.created, TIME), updated_at=utc(record.updated, TIME), comments=comments)


def listed(mock, request):
    since, page = request.args.get("since_updated_at"), int(request.args.get("page", 1))
    records = mock.store.living("tickets", read(since[:10]) if since else None)[::-1]
    if request.args.get("status"):
        records = [record for record in records if record.fields.get("status", "New") == request.args["status"]]
    some, _ = mock.page(records, 25, (page - 1) * 25)
    meta = {"total_pages": -(-len(records) // 25), "total_entries": len(records), "per_page": 25, "page": page}
    return 200, {"tickets": [show(record) for record in some], "meta": meta}


def make(mock, request):
    fields = request.get_json()
    if not fields.get("subject"):
        return 422, {"success": False, "message": ["Subject can't be blank"]}
    return 200, {"ticket": show(mock.store.make("tickets", fields))}


def one(work):
    def answer(mock, request, number):
        record = mock.store.find("tickets", number)
        return (200, work(mock, request, record)) if record else MISSING

    return answer


def say(mock, request, record):
    said = mock.store.comment(record, request.get_json())
    return {"comment": dict(said.fields, id=said.number, ticket_id=record.number, created_at=utc(said.created, TIME))}


ONE = r"/tickets/(\d+)"
UNDESCRIBED = ["/tickets/settings"]
ROUTES = [
    ("GET", "/tickets", listed), ("POST", "/tickets", make),
    ("GET", "/tickets/settings", lambda *_: (200, {"ticket_status_list": ["New", "In Progress", "Resolved"]})),
    ("GET", ONE, one(lambda mock, request, record: {"ticket": show(record)})),
    ("PUT", ONE, one(lambda mock, request, record: {"ticket": show(mock.store.change(record, request.get_json()))})),
    ("DELETE", ONE, one(lambda mock, request, record: mock.store.delete(record) or {"message": "%d: We delete it." % record.number})),
    ("POST", ONE + "/comment", one(say)),
]
