package import Values

/// A map of an expression: an object of a record, or one that the expression made, whose keys may also be numbers and
/// bools.
package struct CELMap: Sendable {
    private enum Storage {
        case record(Object)
        case made(Entries)
    }

    /// Keys and values in the order in which they came; `index` tells where a key stands.
    private struct Entries {
        var keys: [CELValue] = []
        var values: [CELValue] = []
        var index: [MapKey: Int] = [:]
    }

    private let storage: Storage

    package init(_ object: Object) { storage = .record(object) }

    /// A map of the given entries. A key that can be none, or stands twice (as a number, whatever its kind), is a
    /// fault.
    package init(_ pairs: [(key: CELValue, value: CELValue)]) throws(Fault) {
        var entries = Entries()
        for (key, value) in pairs {
            guard let mapKey = MapKey(key), key.isMapKey else { throw .badKey(kind: key.kind) }
            guard entries.index.updateValue(entries.keys.count, forKey: mapKey) == nil else {
                throw .repeatedKey(key.brief)
            }
            entries.keys.append(key)
            entries.values.append(value)
        }
        storage = .made(entries)
    }

    package var count: Int {
        switch storage {
        case .record(let object): object.count
        case .made(let entries): entries.keys.count
        }
    }

    /// The value of a key; numbers find each other whatever their kind.
    package subscript(key: CELValue) -> CELValue? {
        switch storage {
        case .record(let object):
            guard case .text(let name) = key, let value = object[name] else { return nil }
            return CELValue(value)
        case .made(let entries):
            guard let mapKey = MapKey(key), let at = entries.index[mapKey] else { return nil }
            return entries.values[at]
        }
    }

    package subscript(field field: String) -> CELValue? {
        switch storage {
        case .record(let object): object[field].map(CELValue.init)
        case .made(let entries): entries.index[MapKey.text(TextKey(field))].map { entries.values[$0] }
        }
    }

    /// The key at a position that the caller has checked.
    package func key(at position: Int) -> CELValue {
        switch storage {
        case .record(let object): .text(object.names[position])
        case .made(let entries): entries.keys[position]
        }
    }

    /// The value at a position that the caller has checked.
    package func value(at position: Int) -> CELValue {
        switch storage {
        case .record(let object): CELValue(object.values[position])
        case .made(let entries): entries.values[position]
        }
    }

    func recordObject(_ budget: inout Budget) throws(Fault) -> Object {
        switch storage {
        case .record(let object): return object
        case .made(let entries):
            try budget.take(elements: 1 + entries.keys.count)
            var object = Object(minimumCapacity: entries.keys.count)
            for (key, value) in zip(entries.keys, entries.values) {
                guard case .text(let name) = key else {
                    throw .notForRecords("an object with a key that is \(key.kind)")
                }
                object.append(name, try value.recordValue(&budget))
            }
            return object
        }
    }
}

/// A key by which maps find their values: numbers that are the same number are the same key.
enum MapKey: Hashable {
    case bool(Bool)
    case int(Int64)
    /// Only past the range of `int`.
    case uint(UInt64)
    case text(TextKey)

    /// nil for what equals no key: other kinds, and fractions.
    init?(_ value: CELValue) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = Int64(exactly: value).map(MapKey.int) ?? .uint(value)
        case .double(let value):
            guard let key = Int64(exactly: value).map(MapKey.int) ?? UInt64(exactly: value).map(MapKey.uint) else {
                return nil
            }
            self = key
        case .decimal(let value):
            guard let number = value.int64 else { return nil }
            self = .int(number)
        case .text(let value): self = .text(TextKey(value))
        default: return nil
        }
    }
}

extension CELValue {
    /// Whether a map may be made with this key.
    fileprivate var isMapKey: Bool {
        switch self {
        case .bool, .int, .uint, .text: true
        default: false
        }
    }
}
