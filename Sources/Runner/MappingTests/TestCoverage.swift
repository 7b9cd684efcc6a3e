import CEL
package import Diagnostics
package import Model
import Values

/// Which rows of tables and which conditions of filters some tests reached.
package struct TestCoverage: Sendable {
    /// A thing that a test can reach.
    package struct Item: Sendable {
        package enum Kind: String, Sendable {
            /// A value of a table, on its way to the other side.
            case row
            /// A condition of a filter, that it is true or that it is false.
            case condition
        }

        package var kind: Kind
        package var sync: SyncName
        /// Such as `status <-> state: "Waiting" to the right`.
        package var text: String
        package var place: Place
        package var isReached: Bool
    }

    /// All items, by sync and in the order of the job file.
    package private(set) var items: [Item] = []

    package var reached: Int { items.count(where: \.isReached) }

    /// How much was reached, in percent, rounded down; 100 where there is nothing to reach.
    package var percent: Int { items.isEmpty ? 100 : reached * 100 / items.count }

    init(_ syncs: [Sync], _ records: [SyncName: [Sides<[Object]>]]) {
        for sync in syncs {
            let tested = records[sync.name] ?? []
            for side in Side.allCases { addConditions(sync, side, tested.flatMap { $0[side] }) }
            for field in sync.fields {
                for side in Side.allCases { addRows(sync, field, from: side, tested.flatMap { $0[side] }) }
            }
        }
    }

    private mutating func addConditions(_ sync: Sync, _ side: Side, _ records: [Object]) {
        guard let filter = sync.collections[side].filter else { return }
        let decisions = records.map { filter.decisions(Scope(record: $0)) }
        for (number, part) in filter.conditions.enumerated() {
            for wanted in [true, false] {
                let source = part.source.split(whereSeparator: \.isNewline).joined(separator: " ")
                items.append(
                    Item(
                        kind: .condition, sync: sync.name, text: "filter of the \(side): \(source) is \(wanted)",
                        place: part.place, isReached: decisions.contains { $0[number] == wanted }))
            }
        }
    }

    /// The rows of a table that turn values of a side into those of the other.
    private mutating func addRows(_ sync: Sync, _ field: FieldMapping, from side: Side, _ records: [Object]) {
        let target = side.other
        guard let table = field.values, field.flow.goes(to: target), sync.direction.writes(to: target) else { return }
        let filter = sync.collections[side].filter
        let met = Set(
            records.filter { record in
                // What is out of scope goes nowhere.
                filter.map { (try? $0.evaluateBool(Scope(record: record))) != false } ?? true
            }.compactMap { record in value(of: field.ends[side], record).flatMap(ValueTable.spelling).map(TextKey.init)
            })
        let keys = table.lookups[target].keys.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        for key in keys {
            items.append(
                Item(
                    kind: .row, sync: sync.name, text: "\(field.text): \(Value.text(key.text).shown) to the \(target)",
                    place: field.place, isReached: met.contains(key)))
        }
    }

    private func value(of end: FieldMapping.End, _ record: Object) -> Value? {
        switch end {
        case .field(let path): record.value(at: path) ?? .null
        case .expression(let program): try? program.evaluate(Scope(record: record))
        }
    }
}
