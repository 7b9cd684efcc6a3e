"""An addon of mitmdump that breaks some of the requests that pass.

Its rules are a JSON list in the file $FAULTS, read anew when it changes; what they strike is logged to $FAULTLOG. A rule:
"path", "method"      regular expressions that the request's fit; left out, all do
"without"             {"Header": regular expression}: strikes where the header does not fit
"first", "every"      strikes the first N of those, or each Nth
"status", "headers", "body"   is the answer, and the server is not asked
"delay"               waits so many seconds before anything else
"drop"                closes the connection, and the server is not asked
"lose"                the server does it, and the connection is closed without its answer
"late"                the server does it, and the answer waits so many seconds
"cut"                 so many bytes of the answer's body, as if that was all
"""

import asyncio
import json
import os
import re

from mitmproxy import http

FILE = os.environ["FAULTS"]
LOG = open(os.environ["FAULTLOG"], "a", buffering=1, encoding="utf-8")
known = {"changed": None, "rules": []}


def rules():
    try:
        changed = os.stat(FILE).st_mtime_ns
    except FileNotFoundError:
        return []
    if changed != known["changed"]:
        with open(FILE, encoding="utf-8") as file:
            known["changed"], known["rules"] = changed, [dict(rule, seen=0) for rule in json.load(file)]
    return known["rules"]


def fits(rule, request):
    return (
        re.search(rule.get("path", ""), request.path)
        and re.fullmatch(rule.get("method", ".*"), request.method)
        and not any(re.fullmatch(text, request.headers.get(name, "")) for name, text in rule.get("without", {}).items())
    )


async def request(flow):
    for place, rule in enumerate(rules()):
        if not fits(rule, flow.request):
            continue
        rule["seen"] += 1
        if rule["seen"] > rule.get("first", 1 << 60) or rule["seen"] % rule.get("every", 1):
            continue
        LOG.write(json.dumps({"rule": place, "method": flow.request.method, "path": flow.request.path}) + "\n")
        if rule.get("delay"):
            await asyncio.sleep(rule["delay"])
        if rule.get("drop"):
            flow.kill()
        elif "status" in rule:
            flow.response = http.Response.make(rule["status"], rule.get("body", ""), rule.get("headers", {}))
        else:
            flow.metadata["fault"] = rule
        return


async def response(flow):
    rule = flow.metadata.get("fault")
    if not rule:
        return
    if rule.get("late"):
        await asyncio.sleep(rule["late"])
    if rule.get("lose"):
        flow.kill()
    elif "cut" in rule:
        flow.response.raw_content = flow.response.raw_content[: rule["cut"]]
        flow.response.headers["content-length"] = str(len(flow.response.raw_content))
    for name, value in rule.get("headers", {}).items():
        flow.response.headers[name] = value
