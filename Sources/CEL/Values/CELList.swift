package import Values

/// A list of an expression: one of a record, or one that the expression made.
package struct CELList: Sendable {
    private enum Storage {
        case record([Value])
        case made([CELValue])
    }

    private let storage: Storage

    package init(_ values: [Value]) { storage = .record(values) }
    package init(_ values: [CELValue]) { storage = .made(values) }

    package var count: Int {
        switch storage {
        case .record(let values): values.count
        case .made(let values): values.count
        }
    }

    /// The element at a position that the caller has checked.
    package subscript(position: Int) -> CELValue {
        switch storage {
        case .record(let values): CELValue(values[position])
        case .made(let values): values[position]
        }
    }

    package var elements: [CELValue] {
        switch storage {
        case .record(let values): values.map(CELValue.init)
        case .made(let values): values
        }
    }

    func recordValues(_ budget: inout Budget) throws(Fault) -> [Value] {
        switch storage {
        case .record(let values): return values
        case .made(let values):
            var result: [Value] = []
            try budget.take(elements: 1 + values.count)
            result.reserveCapacity(values.count)
            for value in values { result.append(try value.recordValue(&budget)) }
            return result
        }
    }
}
