import Model
import TestKit
import Testing
import Values

@testable import Runner

/// Each event, made by really running Lockstep into it, as it arrives at a real HTTP server.
@Suite("Events that arrive", .serialized, .enabled(if: Receiver.hasWeb, "python3 or curl is missing"))
struct EventTests {
    /// Something that happens to the sync `crm/first`, and how it ends.
    struct Example: Sendable, CustomTestStringConvertible {
        var event: NotifiedEvent
        /// What it is about.
        var subject = "crm/first"
        /// A part of the message.
        var words: String
        /// A part of the message that it is over; nil for what is never over.
        var over: String?
        var further = "deletes: ignore"
        var note = "note <-> note"
        var staleAfter = ""
        /// Seconds from one run to the next.
        var pace: Int64 = 60
        var happen: @Sendable (ToldRun) async throws -> Void
        var mend: @Sendable (ToldRun) async throws -> Void

        var testDescription: String { event.rawValue }
    }

    private static func edit(_ told: ToldRun, _ name: String, _ note: String) {
        told[name].edit(id(1)) { $0["note"] = .text(note) }
    }

    private static let examples = [
        Example(
            event: .runFailed, words: "500 Internal Server Error", over: "no longer fails",
            happen: { told in
                told["shop/first"].forgetCalls()
                told["shop/first"].fail(.serverError, at: 1, times: 10_000)
            }, mend: { told in told["shop/first"].heal() }),
        Example(
            event: .recordFailed, words: "crm/first: a record failed\n  left 7: the right refused it",
            over: "no record fails any more",
            happen: { told in
                told["shop/first"].forgetCalls()
                told["shop/first"].fail(.refused, at: 1, of: .write, times: 10_000)
                told["desk/first"].put(["id": .int(7), "note": .text("new")])
            }, mend: { told in told["shop/first"].heal() }),
        Example(
            event: .held, words: "crm/first: a record held\n  left 1, right 1: ", over: "no record is held any more",
            further: "deletes: propagate",
            happen: { told in
                told["desk/first"].remove(id(1))
                edit(told, "shop/first", "x")
            }, mend: { told in told["shop/first"].remove(id(1)) }),
        Example(
            event: .conflict, words: "crm/first: a conflict\n  left 1, right 1: ", over: "no conflict is left",
            happen: { told in
                edit(told, "desk/first", "x")
                edit(told, "shop/first", "y")
            }, mend: { told in edit(told, "desk/first", "y") }),
        Example(
            event: .missingValue, words: "crm/first: a record with a value that the table does not have\n  left 1",
            over: "no value is missing any more", note: "note <-> note: {values: {a: b, b: c}}",
            happen: { told in edit(told, "desk/first", "zz") }, mend: { told in edit(told, "desk/first", "b") }),
        Example(
            event: .connectionBroken, subject: "shop", words: "401 Unauthorized",
            over: "the connection 'shop' works again",
            happen: { told in
                for name in ["shop/first", "shop/second"] {
                    told[name].forgetCalls()
                    told[name].fail(.unauthorised, at: 1, times: 10_000)
                }
            }, mend: { told in for name in ["shop/first", "shop/second"] { told[name].heal() } }),
        Example(
            event: .brake, words: "3 creates on the right, and the limit is 2",
            over: "no brake stops it any more", further: "limits: {creates: 2}",
            happen: { told in
                for number in 7...9 { told["desk/first"].put(["id": .int(Int64(number)), "note": .text("new")]) }
            }, mend: { told in told["desk/first"].remove(id(9)) }),
        Example(
            event: .jobChanged, words: "changed: 'deletes'", over: nil,
            happen: { told in try told.story.edit("jobs/crm.yaml", "deletes: ignore", "deletes: propagate") },
            mend: { _ in }),
        Example(
            event: .stale, words: "it has not succeeded since", over: "succeeded again",
            staleAfter: ", stale_after: 2h", pace: 9_000,
            happen: { told in
                told["shop/first"].forgetCalls()
                told["shop/first"].fail(.serverError, at: 1, times: 10_000)
            }, mend: { told in told["shop/first"].heal() }),
        Example(
            event: .oscillation, words: "crm/first: a record set back again and again",
            over: "nothing is set back any more",
            happen: { (told: ToldRun) async throws -> Void in
                for round in 0..<8 {
                    edit(told, round % 2 == 0 ? "desk/first" : "shop/first", round % 2 == 0 ? "X" : "a")
                    #expect(try await told.run(at: Int64(round) + 1) == [])
                }
            },
            mend: { told in
                edit(told, "desk/first", "at last")
                edit(told, "shop/first", "at last")
            }),
    ]

    @Test("every event that there is has an example here, but for the end of them all")
    func complete() {
        #expect(Set(Self.examples.map(\.event)).union([.recovered]) == Set(NotifiedEvent.allCases))
    }

    @Test("an event is told once when it happens, and once when it is over", arguments: examples)
    func once(_ example: Example) async throws {
        let receiver = try await Receiver(.http)
        let to = #"{webhook: {url: "http://127.0.0.1:\#(receiver.port)/x", secret: "${KEY}"}}"#
        var told = try ToldRun(
            "  - {to: \(to), on: [\(example.event.rawValue), recovered]\(example.staleAfter)}",
            further: example.further, note: example.note)
        told.variables = ["KEY": Receiver.key]
        #expect(try await told.run(at: 0) == [])
        #expect(try receiver.received().isEmpty)
        try await example.happen(told)
        for number in 1...3 { #expect(try await told.run(at: Int64(number) * example.pace) == []) }
        let first = try receiver.received()
        #expect(first.count == 1)
        try Self.check(first.first, example.event, example.subject, example.words)
        try await example.mend(told)
        for number in 4...6 { #expect(try await told.run(at: Int64(number) * example.pace) == []) }
        let later = try receiver.received().dropFirst()
        #expect(later.count == (example.over == nil ? 0 : 1))
        if let over = example.over { try Self.check(later.first, .recovered, example.subject, over) }
    }

    /// The message has the event alone, and is signed.
    private static func check(
        _ request: Object?, _ event: NotifiedEvent, _ subject: String, _ words: String
    ) throws {
        let request = try #require(request)
        #expect(request.at("signature") == "right")
        let body = try #require(try JSON.parse(Array(request.at("body").utf8)).object)
        let events = body["events"]?.list ?? []
        #expect(events.map { $0.object?.at("event") } == [event.rawValue])
        #expect(events.first?.object?.at("subject") == subject)
        #expect(body.at("text").contains(words), "\(body.at("text"))")
    }

    @Test("the message of a brake has the command that accepts its writes, and they are accepted by it")
    func accept() async throws {
        let receiver = try await Receiver(.http)
        let told = try ToldRun(
            "  - {to: {slack: \"http://127.0.0.1:\(receiver.port)/x\"}, on: [brake, recovered]}",
            further: "limits: {creates: 2}")
        #expect(try await told.run(at: 0) == [])
        for number in 7...9 { told["desk/first"].put(["id": .int(Int64(number)), "note": .text("new")]) }
        #expect(try await told.run(at: 60) == [])
        let text =
            try JSON.parse(Array(try #require(receiver.received().first).at("body").utf8)).object?.at("text") ?? ""
        let command = try #require(text.firstMatch(of: /lockstep run crm\/first --accept (\w+)/))
        #expect(try await told.run(at: 120, accepting: String(command.1)) == [])
        #expect(told["shop/first"].records.count == 5)
        #expect(try receiver.received().count == 2)
    }
}
