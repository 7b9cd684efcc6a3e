import Model
import Runner
import StateStore
import TestKit
import Testing
import Values

@Suite("What a reading lacks")
struct GoneTests {
    @Test("a record that a short listing lacks, and that is there, is no deleted one", arguments: Side.allCases)
    func truncated(side: Side) async throws {
        let pair = try ServerPair(side, extra: "full_read: always") { $0.pageSize = 20 }
        try await pair.fill(10)
        pair.forgetCalls()
        pair.near.fail(.truncated, at: 1, of: .page)
        #expect(try await pair.run() == "nothing")
        #expect(pair.near.calls(.get) == 5)
        #expect(pair.far.records.count == 10)
        #expect(try await pair.run() == "nothing")
    }

    @Test("one that a listing lacks and that was edited is merged", arguments: Side.allCases)
    func truncatedAndEdited(side: Side) async throws {
        let pair = try ServerPair(side, extra: "full_read: always") { $0.pageSize = 20 }
        try await pair.fill(9)
        pair.near.edit(id(9)) { $0["note"] = .text("edited") }
        pair.near.remove(id(8))
        pair.forgetCalls()
        pair.near.fail(.truncated, at: 1, of: .page)
        #expect(try await pair.run() == "far ~1 -1")
        #expect(pair.far[id(9)]?["note"] == .text("edited"))
        #expect(pair.far[id(8)] == nil)
    }

    @Test(
        "where it is not allowed to ask for a record, nothing follows, and the next run asks again",
        arguments: Side.allCases)
    func forbidden(side: Side) async throws {
        let pair = try ServerPair(side, extra: "full_read: always") { $0.pageSize = 20 }
        try await pair.fill(12)
        pair.near.remove(id(3))
        pair.near.remove(id(4))
        pair.far.edit(id(4)) { $0["note"] = .text("kept") }
        pair.forgetCalls()
        pair.near.fail(.forbidden, at: 1, of: .get, times: 2)
        let report = try await pair.report()
        #expect(report.plan?.skips.unknown[side] == 2)
        #expect(report.plan?.operations.isEmpty == true)
        #expect(try !pair.header().isSettled)
        #expect(pair.far.records.count == 12)
        pair.near.heal()
        // The edit made meanwhile is seen beside the delete.
        #expect(try await pair.run() == "far -1, held 1")
        #expect(pair.far[id(3)] == nil)
        #expect(pair.far[id(4)]?["note"] == .text("kept"))
    }

    @Test(
        "a record of which nothing can be had is left alone though its partner changed, and no edit is lost",
        arguments: Side.allCases)
    func unknownPartner(side: Side) async throws {
        let pair = try ServerPair(side)
        try await pair.fill(6)
        pair.near.edit(id(2)) { $0["note"] = .text("near") }
        pair.far.edit(id(2)) { $0["note"] = .text("far") }
        #expect(try await pair.run() == "nothing, held 1")
        pair.quiet()
        #expect(try await pair.run() == "nothing, held 1")
        pair.quiet()
        // The near side gives in; what the far side holds cannot be had just now.
        pair.near.edit(id(2)) { $0["note"] = .text("a") }
        pair.far.forgetCalls()
        pair.far.fail(.forbidden, at: 1, of: .get)
        #expect(try await pair.run() == "nothing")
        pair.far.heal()
        pair.quiet()
        #expect(try await pair.run() == "near ~1")
        #expect(pair.near[id(2)]?["note"] == .text("far"))
    }

    @Test(
        "where so many are missing that a brake trips, none is asked for; an accepted plan asks for all",
        arguments: Side.allCases)
    func brake(side: Side) async throws {
        let pair = try ServerPair(side, extra: "full_read: always\n    limits: {deletes: 100%}") { $0.pageSize = 50 }
        try await pair.fill(30)
        for number in 1...20 { pair.near.remove(id(number)) }
        pair.forgetCalls()
        let report = try await pair.report()
        guard case .refused = report.outcome else { throw Breach("\(report.outcome)") }
        #expect(pair.near.calls(.get) == 0)
        let digest = try #require(report.plan?.digest)
        let accepted = try await pair.report(.run(accepting: digest))
        #expect(accepted.written[side.other].deletes == 20)
        #expect(pair.near.calls(.get) == 20)
    }

    @Test("an accepted plan is not carried out where records turn out to be there", arguments: Side.allCases)
    func acceptedWrongly(side: Side) async throws {
        let pair = try ServerPair(side, extra: "full_read: always\n    limits: {deletes: 100%}") { $0.pageSize = 40 }
        try await pair.fill(30)
        for number in 1...6 { pair.near.remove(id(number)) }
        pair.forgetCalls()
        pair.near.fail(.truncated, at: 1, of: .page, times: 2)
        let digest = try #require(try await pair.report().plan?.digest)
        let report = try await pair.report(.run(accepting: digest))
        #expect(report.written[side.other].deletes == 6)
        #expect(pair.far.records.count == 24)
    }

    @Test("a reading with fewer records than there are is incomplete, and nothing is written", arguments: Side.allCases)
    func incomplete(side: Side) async throws {
        let pair = try ServerPair(side, extra: "full_read: always") { options in
            options.tellsCount = true
            options.pageSize = 20
        }
        try await pair.fill(12)
        pair.far.edit(id(1)) { $0["note"] = .text("x") }
        pair.forgetCalls()
        pair.near.fail(.truncated, at: 1, of: .page)
        #expect(
            try await pair.run()
                == "things failed: \(side): the system says that it holds 12 records, and gave 6. Nothing was written; the next run reads again"
        )
        #expect(pair.near[id(1)]?["note"] == .text("a"))
        #expect(try await pair.run() == "near ~1")
    }

    @Test(
        "pages that are given twice, and records that move between pages, change nothing",
        arguments: [FakeFault.twice, .shifts])
    func pages(fault: FakeFault) async throws {
        for side in Side.allCases {
            let pair = try ServerPair(side, extra: "full_read: always")
            try await pair.fill(12)
            pair.forgetCalls()
            pair.near.fail(fault, at: 2, of: .page)
            #expect(try await pair.run() == "nothing")
            #expect(pair.far.records.count == 12)
            #expect(try pair.header().counts[side] == 12)
        }
    }

    @Test("what is gone on both sides is forgotten only where both say so", arguments: Side.allCases)
    func both(side: Side) async throws {
        let pair = try ServerPair(side, extra: "full_read: always") { $0.pageSize = 20 }
        try await pair.fill(12)
        pair.near.remove(id(5))
        pair.far.remove(id(5))
        pair.forgetCalls()
        pair.near.fail(.forbidden, at: 1, of: .get)
        let report = try await pair.report()
        #expect(report.plan?.settled.forgotten == 0)
        pair.near.heal()
        #expect(try await pair.report().plan?.settled.forgotten == 1)
        #expect(try pair.header().links == 11)
    }
}
