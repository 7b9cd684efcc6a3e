"""HaloPSA: what is made and what is changed come as an array of POST, a change has its id in it; pages by number."""

from store import read, utc

SPECS = ["halopsa"]
BASE = "/api"
RATE_LIMIT = (429, {"error": "rate limit exceeded"})
MISSING = 404, {"ClassName": "System.Exception", "Message": "Not found"}
TIME = "%Y-%m-%dT%H:%M:%S.%f"


def show(record):
    fields = dict({"status_id": 1}, **record.fields)
    return dict(fields, id=record.number, dateoccurred=utc(record.created, TIME), last_update=utc(record.updated, TIME))


def listed(name, member):
    def answer(mock, request):
        told = request.args
        records = mock.store.living(name, read(told.get("lastupdatefromdate")))
        if told.get("order", "id") == "id":
            records.sort(key=lambda record: record.number, reverse=told.get("orderdesc") == "true")
        if told.get("ticket_id"):
            records = [record for record in records if str(record.fields.get("ticket_id")) == told["ticket_id"]]
        size = min(int(told.get("page_size", 50)), 100) if told.get("pageinate") == "true" else int(told.get("count", 50))
        some, _ = mock.page(records, size, (int(told.get("page_no", 1)) - 1) * size)
        return 200, {"record_count": len(records), member: [show(record) for record in some]}

    return answer


def put(name):
    def answer(mock, request):
        shown = []
        for fields in request.get_json():
            if fields.get("id"):
                record = mock.store.find(name, fields["id"])
                if not record:
                    return MISSING
                mock.store.change(record, {key: value for key, value in fields.items() if key != "id"})
            else:
                record = mock.store.make(name, fields)
                ticket = mock.store.find("Tickets", fields.get("ticket_id")) if name == "Actions" else None
                if ticket:
                    mock.store.change(ticket, {})
            shown.append(show(record))
        return 201, shown[0] if len(shown) == 1 else shown

    return answer


def get(mock, request, number):
    record = mock.store.find("Tickets", number)
    return (200, show(record)) if record else MISSING


def delete(mock, request, number):
    record = mock.store.find("Tickets", number)
    return (200, mock.store.delete(record) or show(record)) if record else MISSING


STATUSES = [{"id": 1, "name": "New"}, {"id": 2, "name": "In Progress"}, {"id": 9, "name": "Closed"}]
MEMBERS = {"Tickets": "tickets", "Actions": "actions", "Users": "users", "Client": "clients"}
ROUTES = [
    *(("GET", "/" + name, listed(name, member)) for name, member in MEMBERS.items()),
    *(("POST", "/" + name, put(name)) for name in MEMBERS),
    ("GET", r"/Tickets/(\d+)", get), ("DELETE", r"/Tickets/(\d+)", delete), ("GET", "/Status", lambda *_: (200, STATUSES)),
]
