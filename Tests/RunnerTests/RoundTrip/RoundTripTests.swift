import Diagnostics
import Model
import Runner
import TestKit
import Testing
import Values

struct RoundTripCheckTests {
    @Test(
        "what comes back is passed over, and what does not is told with an example",
        arguments: Mapping.lawful + Mapping.unlawful)
    func findings(_ mapping: Mapping) throws {
        let found = try mapping.findings().map { "\($0.severity.rawValue) \($0.code): \($0.message)" }
        #expect(found == mapping.expected)
    }

    @Test(
        "what was tried for one mapping is said of no other, whichever comes first",
        arguments: 1...3 as ClosedRange<UInt64>)
    func memory(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let memory = TripMemory()
        let mappings = Mapping.lawful + Mapping.unlawful
        for mapping in mappings.shuffled(using: &random) + mappings.shuffled(using: &random) {
            let found = try mapping.findings(memory).map { "\($0.severity.rawValue) \($0.code): \($0.message)" }
            #expect(found == mapping.expected, "seed \(seed): \(mapping)")
        }
    }

    @Test("a mapping that was tried before is told at its own place")
    func places() throws {
        let memory = TripMemory()
        let capabilities = Capabilities(
            values: .json, newIDs: .numbered(prefix: "", suffix: ""), idFields: [FieldPath("id")])
        let lines = try ["", "conflicts: hold\n", "conflicts: hold\ndeletes: ignore\n"].map { more in
            let sync = try SyncText(more + "fields: [a <-> b: {to_right: value.trim(), to_left: value}]").sync
            let found = RoundTripCheck.findings(sync, Sides(left: capabilities, right: capabilities), memory)
            #expect(found.map(\.code) == ["no-round-trip"])
            #expect(found.first?.place == sync.fields[0].place)
            return found.first?.place?.start.line
        }
        #expect(Set(lines).count == 3)
    }

    @Test("there are as many mappings as were promised, and enough of them are played")
    func count() {
        let unlawful = Mapping.unlawful
        #expect(Mapping.lawful.count >= 50)
        #expect(unlawful.count >= 50)
        #expect(unlawful.allSatisfy { !$0.expected.isEmpty })
        #expect(unlawful.count { $0.values != nil } >= 20)
        figure("mappings with a known answer", Mapping.lawful.count + unlawful.count)
    }

    @Test("every kind of loss is met, and has a meaning of one line", arguments: RoundTripCode.allCases)
    func codes(_ code: RoundTripCode) {
        #expect(Mapping.unlawful.contains { $0.expected.contains { $0.contains(" \(code.rawValue): ") } })
        #expect(!code.meaning.contains("\n") && !code.meaning.hasSuffix("."))
    }

    @Test(
        "a value of a lawful mapping is back when the other side is edited and put back",
        arguments: Mapping.lawful.filter { $0.values != nil })
    func kept(_ mapping: Mapping) async throws {
        let end = try await played(mapping)
        #expect(end.movedBySelf == false)
        #expect(end.isBack, "\(end.shown)")
    }

    @Test(
        "a value of an unlawful mapping is another one when the other side is edited and put back",
        arguments: Mapping.unlawful.filter { $0.values != nil && !$0.expected[0].hasPrefix("error") })
    func lost(_ mapping: Mapping) async throws {
        let end = try await played(mapping)
        #expect(end.movedBySelf == false)
        #expect(!end.isBack, "\(end.shown)")
    }

    @Test(
        "what is said to change by itself does so, though nobody edits anything",
        arguments: Mapping.unlawful.filter { $0.values != nil && $0.expected[0].hasPrefix("error changes-by-itself") })
    func moved(_ mapping: Mapping) async throws {
        let value = try Mapping.value(try #require(mapping.values).one)
        var play = Play(try mapping.sync, mapping.forms)
        play[mapping.side] = value
        for _ in 0..<4 { _ = try await play.run() }
        #expect(!play[mapping.side].means(value), "\(play[mapping.side].shown)")
        #expect(try await play.run() == 0)
    }

    @Test(
        "what is said never to rest is written by every run that looks at the records",
        arguments: Mapping.unlawful.filter { $0.values != nil && $0.expected[0].hasPrefix("error never-rests") })
    func endless(_ mapping: Mapping) async throws {
        var play = Play(try mapping.sync, mapping.forms)
        play[mapping.side] = try Mapping.value(try #require(mapping.values).one)
        var writes: [Int] = []
        for _ in 0..<10 { writes.append(try await play.run()) }
        #expect(writes.allSatisfy { $0 > 0 }, "\(writes)")
    }

    private struct Ending {
        /// Whether a run wrote although nobody had edited anything.
        var movedBySelf: Bool
        /// Whether the value is the first one again.
        var isBack: Bool
        var shown: String
    }

    /// A value goes over; the other side is edited to what another value becomes there, and is put back.
    private func played(_ mapping: Mapping) async throws -> Ending {
        let texts = try #require(mapping.values)
        let (one, other) = (try Mapping.value(texts.one), try Mapping.value(try #require(texts.other)))
        let (side, there) = (mapping.side, mapping.side.other)
        var edited = Play(try mapping.sync, mapping.forms)
        edited[side] = other
        _ = try await edited.run()
        var play = Play(try mapping.sync, mapping.forms)
        play[side] = one
        _ = try await play.run()
        try #require(play.holds.isEmpty, "\(play.holds)")
        let movedBySelf = try await play.run() > 0
        let former = play[there]
        try #require(!edited[there].means(former))
        play[there] = edited[there]
        _ = try await play.run()
        play[there] = former
        _ = try await play.run()
        let isText = mapping.forms.left == .text || mapping.forms.right == .text
        let isBlank = play[side].isEmpty && one.isEmpty && isText
        return Ending(
            movedBySelf: movedBySelf, isBack: play[side].means(one) || isBlank, shown: play[side].shown)
    }
}
