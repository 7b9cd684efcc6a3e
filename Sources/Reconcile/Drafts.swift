import Model
import Values

/// New records that were drafted ahead of the plan, by several tasks at once: where a side is new, nearly all of the work is there.
package struct Drafts: Sendable {
    private struct Chunk {
        /// The numbers of the records among the kept ones.
        var numbers: ArraySlice<Int>
        var drafts: [Drafting]
        /// What the drafts refer to.
        var arena: ByteArena
    }

    private var side = Side.left
    private var chunks: [Chunk] = []
    /// Where the next draft stands.
    private var chunk = 0
    private var at = 0
    /// How much the arena of the chunk moved when the plan took it over; nil before that.
    private var shift: UInt32?

    /// Whether every record that was kept is drafted, so that none is read again.
    package private(set) var areAll = false

    private static let chunkSize = 4096

    /// Nothing is drafted ahead.
    package init() {}

    /// Drafts what can be told without the plan: all new records of one side, where there are many, none on the other, and no field
    /// links to the sync itself.
    package init(_ inputs: Inputs) async {
        let links = KnownLinks(inputs)
        guard let side = Self.side(inputs), !links.linksToItself, inputs.openCreates.isEmpty else { return }
        let kept = inputs.snapshots[side].kept
        let numbers = kept.indices.filter { kept[$0].link < 0 }
        guard numbers.count > Self.chunkSize else { return }
        self.side = side
        let starts = Array(stride(from: 0, to: numbers.count, by: Self.chunkSize))
        var drafted: [Chunk?] = Array(repeating: nil, count: starts.count)
        await withTaskGroup(of: (Int, Chunk).self) { tasks in
            for (number, start) in starts.enumerated() {
                let part = numbers[start..<min(start + Self.chunkSize, numbers.count)]
                tasks.addTask { (number, Self.draft(part, of: side, inputs, links)) }
            }
            for await (number, chunk) in tasks { drafted[number] = chunk }
        }
        chunks = drafted.compactMap { $0 }
        var counts = Sides(left: 0, right: 0)
        counts[side] = numbers.count
        areAll =
            numbers.count == kept.count && inputs.snapshots[side.other].kept.isEmpty
            && !Pairing.isNeeded(counts, inputs)
    }

    /// The side whose new records are all made on the other, whatever else is planned.
    private static func side(_ inputs: Inputs) -> Side? {
        let unlinked = inputs.snapshots.map(\.hasUnlinked)
        guard unlinked.left != unlinked.right else { return nil }
        let side = unlinked.left ? Side.left : .right
        let isPassed = inputs.isFirstRun && inputs.sync.firstRun == .link
        return inputs.passed[side].isEmpty && !isPassed && inputs.sync.creates.contains(side.other)
            && inputs.capabilities[side.other].canCreate ? side : nil
    }

    /// Everything that is touched often is the chunk's own: what tasks share they would wait for.
    private static func draft(
        _ numbers: ArraySlice<Int>, of side: Side, _ inputs: Inputs, _ links: KnownLinks
    ) -> Chunk {
        let reader = SideReader(side, inputs)
        var drafter = Drafter(inputs)
        var arena = ByteArena()
        var drafts: [Drafting] = []
        drafts.reserveCapacity(numbers.count)
        for number in numbers {
            switch reader.read(number) {
            case .inScope(let record): drafts.append(drafter.draft(record, links, into: &arena))
            case .outOfScope: drafts.append(.outOfScope)
            case .held(let hold): drafts.append(.held(hold))
            }
        }
        return Chunk(numbers: numbers, drafts: drafts, arena: arena)
    }

    /// The draft of a record, where it was made ahead; what it refers to is in the arena then. Records are asked for in their order,
    /// and some not at all: those that share a key.
    mutating func take(_ number: Int, of side: Side, _ arena: inout ByteArena) -> Drafting? {
        guard side == self.side else { return nil }
        while chunk < chunks.count {
            let numbers = chunks[chunk].numbers
            while at < numbers.count, numbers[numbers.startIndex + at] < number { at += 1 }
            if at < numbers.count {
                return numbers[numbers.startIndex + at] == number ? takeNext(&arena) : nil
            }
            chunks[chunk].drafts = []
            chunks[chunk].arena = ByteArena()
            chunk += 1
            at = 0
            shift = nil
        }
        return nil
    }

    private mutating func takeNext(_ arena: inout ByteArena) -> Drafting {
        let drafting = chunks[chunk].drafts[at]
        at += 1
        guard case .draft(var draft) = drafting else { return drafting }
        let shift = shift ?? arena.adopt(chunks[chunk].arena)
        self.shift = shift
        // Else the arena would be copied when it is written to next.
        chunks[chunk].arena = ByteArena()
        draft.base = draft.base.shifted(by: shift)
        return .draft(draft)
    }
}
