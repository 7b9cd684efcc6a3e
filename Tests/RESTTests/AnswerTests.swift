import HTTP
import Model
import REST
import TestKit
import Testing
import Values

@Suite("What answers mean")
struct AnswerTests {
    private static let definition = """
        message: body.error
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              name: {type: text}
            list: {request: GET /items, records: body.items}
            get: {request: "GET /items/{id}", record: body}
            create: {request: POST /items, body: record, record: body}
            update: {request: "PUT /items/{id}", body: changes, record: body}
            delete: {request: "DELETE /items/{id}"}
        """

    private static func rig(_ line: String, _ reply: Reply) throws -> Rig {
        let desk = Desk([["id": .int(1), "name": .text("one")]])
        desk.change { $0.faults[line] = reply }
        return try Rig(definition, desk.answer)
    }

    private static let update = WriteRequest.update("1", ["name": .text("eins")])

    @Test("of a write: what each status says of it")
    func writes() async throws {
        let words = #"{"error": "no\n  way"}"#
        let wanted: [(Int, WriteOutcome)] = [
            (400, .refused("no   way (status 400)")), (403, .forbidden("no   way (status 403)")),
            (404, .moved), (409, .moved), (410, .moved), (412, .moved), (422, .refused("no   way (status 422)")),
            (413, .refused("no   way (status 413)")), (429, .later("no   way (status 429)", after: nil)),
            (503, .later("no   way (status 503)", after: nil)), (500, .uncertain("no   way (status 500)")),
            (502, .uncertain("no   way (status 502)")), (504, .uncertain("no   way (status 504)")),
        ]
        for (status, outcome) in wanted {
            #expect(try await Self.rig("PUT /items/1", .status(status, words)).outcome(Self.update) == outcome)
        }
    }

    @Test("of a reading: what each status says of it")
    func readings() async throws {
        let wanted: [(Int, EndpointFailure)] = [
            (400, .unavailable(message: "it answers with status 400")),
            (401, .unauthorised(message: "it answers with status 401", fault: .wrongPassword)),
            (403, .forbidden(message: "it answers with status 403")),
            (404, .misconfigured(message: "it answers with status 404")),
            (429, .busy(message: "it answers with status 429", after: nil)),
            (500, .unreachable(message: "it answers with status 500", fault: .noAnswer)),
            (503, .busy(message: "it answers with status 503", after: nil)),
        ]
        for (status, failure) in wanted {
            #expect(await (try Self.rig("GET /items", .status(status, "<html>"))).failure() == failure)
        }
    }

    @Test("credentials that are refused break the connection, and the write did nothing")
    func unauthorised() async throws {
        let rig = try Self.rig("PUT /items/1", .status(401, #"{"error": "no"}"#))
        #expect(
            await rig.failure(of: Self.update) == .unauthorised(message: "no (status 401)", fault: .wrongPassword))
    }

    @Test("how long to wait is in 'Retry-After' or in the headers that are in use")
    func waits() async throws {
        let headers: [([(name: String, value: String)], Duration)] = [
            ([(name: "Retry-After", value: "7")], .seconds(7)),
            ([(name: "retry-after", value: "Sun, 01 Mar 2026 12:01:00 GMT")], .seconds(60)),
            ([(name: "X-RateLimit-Reset", value: "1772366430")], .seconds(30)),
        ]
        for (headers, wait) in headers {
            let rig = try Self.rig("PUT /items/1", .status(429, "", headers))
            #expect(
                try await rig.outcome(Self.update) == .later("it answers with status 429", after: wait), "\(headers)")
        }
    }

    @Test("a write whose answer is lost is in doubt; one that was never sent did nothing")
    func lost() async throws {
        let after: [HTTPFailure] = [
            .lost(host: "desk.example", sent: true), .tooSlow(host: "desk.example", after: .seconds(1), sent: true),
            .malformed(host: "desk.example", .notHTTP), .tooLarge(host: "desk.example", limit: 9),
        ]
        for failure in after {
            for (line, request) in [
                ("PUT /items/1", Self.update), ("DELETE /items/1", .delete("1")),
                ("POST /items", .create("", ["name": .text("x")])),
            ] {
                let outcome = try await Self.rig(line, .failure(failure)).outcome(request)
                #expect(outcome == .uncertain(failure.description))
            }
        }
        let before: [(HTTPFailure, ConnectionFault)] = [
            (.lost(host: "desk.example", sent: false), .noAnswer), (.hostUnknown(host: "desk.example"), .hostUnknown),
            (.refused(host: "desk.example", port: 443), .connectionRefused),
            (.tls(host: "desk.example", .selfSigned), .tls),
        ]
        for (failure, fault) in before {
            let rig = try Self.rig("PUT /items/1", .failure(failure))
            #expect(await rig.failure(of: Self.update) == .unreachable(message: failure.description, fault: fault))
        }
    }

    @Test("a look at the record before it is written that gets lost leaves nothing in doubt")
    func lostLook() async throws {
        let rig = try Self.rig("GET /items/1", .lostAfter)
        guard case .unreachable = await rig.failure(of: Self.update) else {
            Issue.record("it was not the connection that failed")
            return
        }
        #expect(rig.system.lines == ["GET /items/1"])
    }

    @Test("a record that may not be looked at is no record that moved: its write is refused with the system's words")
    func forbiddenLook() async throws {
        let rig = try Self.rig("GET /items/1", .status(403, #"{"error": "not yours"}"#))
        #expect(try await rig.outcome(Self.update) == .forbidden("not yours (status 403)"))
    }

    @Test("what was written and cannot be read afterwards is in doubt")
    func lostReread() async throws {
        let rig = try Rig(
            Self.definition.replacing(
                "POST /items, body: record, record: body", with: "POST /items, body: record, id: body.id")
        ) { asked in
            asked.method == "POST" ? .status(201, #"{"id": 5}"#) : .status(500)
        }
        #expect(
            try await rig.outcome(.create("", ["name": .text("x")]))
                == .uncertain("it was written, and then: it answers with status 500"))
    }

    @Test("the rules of the definition come first, also where the status is one of success")
    func rules() async throws {
        let rules = """
            errors:
              - {when: "status == 200 && has(body.fault) && body.fault == 'limit'", means: busy, after: body.wait, message: body.fault}
              - {when: "has(body.fault) && body.fault == 'key'", means: revoked}
              - {when: "has(body.fault) && body.fault == 'role'", means: forbidden}
              - {when: "has(body.fault) && body.fault == 'none'", means: fine}
              - {when: "has(body.fault)", means: refused, message: body.fault}

            """
        let wanted: [(String, EndpointFailure?)] = [
            (#"{"fault": "limit", "wait": 2.5}"#, .busy(message: "limit (status 200)", after: .milliseconds(2500))),
            (#"{"fault": "key"}"#, .unauthorised(message: "it answers with status 200", fault: .tokenRevoked)),
            (#"{"fault": "role", "error": "admins only"}"#, .forbidden(message: "admins only (status 200)")),
            (#"{"fault": "none", "items": []}"#, nil),
            (#"{"fault": "x"}"#, .unavailable(message: "x (status 200)")),
        ]
        for (text, failure) in wanted {
            let rig = try Rig(rules + Self.definition) { _ in .ok(text) }
            #expect(await rig.failure() == failure, "\(text)")
        }
    }

    @Test("a system's words are one line of at most 300 characters")
    func longWords() async throws {
        let long = String(repeating: "ä", count: 5000)
        let rig = try Self.rig("PUT /items/1", .status(400, #"{"error": "\#(long)"}"#))
        guard case .refused(let message) = try await rig.outcome(Self.update) else {
            Issue.record("it was not refused")
            return
        }
        #expect(message == String(repeating: "ä", count: 299) + "… (status 400)")
    }

    @Test("an address without its scheme, or with a line break in it, shows no query")
    func badURL() async throws {
        let rig = try Rig(Self.definition, auth: "{query: {key: settings.token}}") { asked in
            .failure(.badURL(asked.url))
        }
        guard case .malformed(_, let message) = await rig.failure() else {
            Issue.record("it was asked")
            return
        }
        #expect(message == HTTPFailure.badURL("https://desk.example/items").description)
    }

    @Test("the requests of a day end at the budget, with the time at which they go on")
    func budget() async throws {
        let calls = CallCount(budget: 3)
        let rig = try Rig(
            Self.definition.replacing("records: body.items", with: "records: body.items, page: {offset: skip}"),
            calls: calls
        ) { asked in
            let from = Int(asked["skip"] ?? "") ?? 0
            return .ok(items(from + 1..<from + 3))
        }
        #expect(
            await rig.failure()
                == .busy(
                    message: "the 3 requests that 'daily_budget' allows in a day have been made; "
                        + "it goes on at 2026-03-02T00:00:00Z", after: .seconds(12 * 3600)))
        #expect(rig.system.lines.count == 3)
        rig.time.pass(.seconds(12 * 3600))
        guard case .busy = await rig.failure() else {
            Issue.record("the next day has no budget of its own")
            return
        }
        #expect(rig.system.lines.count == 6)
    }
}
