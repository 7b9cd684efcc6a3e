package import Model

/// Linked records that are gone on a side while their partners stay, because the job file says so.
package struct GoneRecords: Sendable {
    /// How many, by the side on which they are gone.
    package var counts: Sides<Int>
    /// The setting by which their partners stay, by the side on which they are gone.
    private let causes: Sides<String>

    init(_ counts: Sides<Int>, _ sync: Sync) {
        self.counts = counts
        causes = Sides(left: Self.cause(sync, .left), right: Self.cause(sync, .right))
    }

    private static func cause(_ sync: Sync, _ side: Side) -> String {
        sync.deletes != .ignore && !sync.direction.writes(to: side.other)
            ? "direction: \(sync.direction.rawValue)" : "deletes: \(sync.deletes.rawValue)"
    }

    /// A sentence for each side on which records are gone.
    package var sentences: [String] {
        Side.allCases.filter { counts[$0] > 0 }.map { side in
            let count = counts[side]
            return count == 1
                ? "1 linked record is gone on the \(side), and its partner on the \(side.other) stays (\(causes[side]))"
                : "\(count) linked records are gone on the \(side), and their partners on the \(side.other) stay (\(causes[side]))"
        }
    }
}
