import Diagnostics
import Testing
import YAML

/// Steele, Lea and Flood's SplitMix64.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("Mutated texts")
struct MutationTests {
    static let texts = [
        """
        job: helpdesk
        schedule: every 10m   # for each sync
        syncs:
          tickets:
            left: {collection: tickets, filter: "status != 'Spam'"}
            fields:
              - summary <-> title
              - status <-> state:
                  values: {New: open, 'In Progress': doing, 3: .5}
              - "'a' + b -> c"
            limits: {creates: 200, updates: 30%}
        """,
        """
        base: &base [1, 0x1F, &x {a: ~}]
        copy: *base
        deep: [[*x, *x], {b: *base}]
        ? explicit
        : &y !!str 12
        """,
        """
        literal: |2-
            é indented
          not
        folded: >+
          a
          b

            more

        quoted: 'it''s
          folded'
        "double": "\\u00e9 \\x41 \\
          end"
        日本: [🎉, plain text: 1]
        """,
        "%YAML 1.1\n---\n- - a\n  - b\n-\n  c: d\r\n  e: f\r\n...\n",
    ]

    private static let snippets = [
        "'", "\"", "[", "]", "{", "}", ": ", ":", "- ", "#", " #", "&a ", "*a", "!", "!!int ", "|", ">", "\n", "\t",
        "  ", ",",
        "? ", "---\n", "...\n", "%", "@", "`", "\\", "<<: ", "\u{FEFF}", "é", "\u{0}", "\u{85}", "\r", "${A}", "~",
        "0x",
    ].map { Array($0.utf8) }

    private func mutate(_ bytes: [UInt8], with random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            let upTo = min(bytes.count, at + Int.random(in: 1...12, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(at..<upTo)
            case 1: bytes.insert(contentsOf: bytes[at..<upTo], at: Int.random(in: 0...bytes.count, using: &random))
            case 2 where at < bytes.count: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 3: bytes.removeSubrange(at...)
            default: bytes.insert(contentsOf: Self.snippets.randomElement(using: &random) ?? [], at: at)
            }
        }
        return bytes
    }

    private func isInside(_ place: Place, _ source: SourceText) -> Bool {
        guard place.start <= place.end, let line = source.line(place.start.line) else { return false }
        return place.start.column >= 1 && place.start.column <= line.unicodeScalars.count + 1
            && place.end.line <= source.lineCount
    }

    private func places(_ node: Node) -> [Place] {
        switch node.content {
        case .scalar: [node.place]
        case .sequence(let items): [node.place] + items.flatMap(places)
        case .mapping(let entries): [node.place] + entries.flatMap { places($0.key) + places($0.value) }
        }
    }

    @Test("give a tree or a mistake, each with places inside the text", arguments: 0..<4)
    func mutations(index: Int) {
        let original = Array(Self.texts[index].utf8)
        var trees = 0
        for seed in UInt64(0)..<2_500 {
            var random = SplitMix64(state: seed &* 4 &+ UInt64(index))
            let source = SourceText(name: "job.yaml", bytes: mutate(original, with: &random))
            let document = YAMLDocument.parse(source)
            let told = document.diagnostics
            #expect(document.root != nil || !told.isEmpty, "seed \(seed), text \(index)")
            let named = told.compactMap(\.place) + told.flatMap(\.notes).compactMap(\.place)
            #expect(told.allSatisfy { $0.place != nil }, "seed \(seed), text \(index)")
            let all = named + (document.root.map(places) ?? [])
            #expect(all.allSatisfy { isInside($0, source) }, "seed \(seed), text \(index)")
            let text = HumanRenderer { _ in source }.render(told)
            #expect(told.isEmpty || text.contains("^"), "seed \(seed), text \(index)")
            trees += document.root == nil ? 0 : 1
        }
        #expect((100...2_400).contains(trees), "a mutation is sometimes harmless, and mostly not")
    }

    @Test("are made of valid texts", arguments: MutationTests.texts)
    func originals(text: String) {
        #expect(rendered(text) == "")
    }
}
