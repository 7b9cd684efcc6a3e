package import Values

/// What the records met so far have in their fields: kinds, never values. A class, for objects stand inside objects.
final class SampledFields {
    private final class Met {
        var types: Set<FieldType> = []
        /// In how many objects the field stands.
        var count = 0
        var inner: SampledFields?
    }

    private let values: ValueForm
    private let depth: Int
    private var met: [TextKey: Met] = [:]
    private var order: [TextKey] = []
    private var objectCount = 0

    /// Deeper than people nest fields that are mapped.
    private static let depthLimit = 6
    private static let nameLimit = 2000
    /// An object with more names than these, most of them in few records, is a table with keys of its own: its names are data.
    private static let ownKeysFrom = 32

    init(_ values: ValueForm, depth: Int = 0) {
        self.values = values
        self.depth = depth
    }

    func note(_ object: Object) {
        objectCount += 1
        for (name, value) in object {
            guard let met = field(TextKey(name)) else { continue }
            met.count += 1
            guard let type = FieldType(of: value, in: values) else { continue }
            met.types.insert(type)
            guard case .object(let inner) = value, depth < Self.depthLimit else { continue }
            if met.inner == nil { met.inner = SampledFields(values, depth: depth + 1) }
            met.inner?.note(inner)
        }
    }

    private func field(_ name: TextKey) -> Met? {
        if let known = met[name] { return known }
        guard order.count < Self.nameLimit else { return nil }
        let new = Met()
        met[name] = new
        order.append(name)
        return new
    }

    /// The fields, sorted by name; or as the head of the collection has them.
    func fields(of head: [String]?) -> SchemaFields {
        let names = head?.map(TextKey.init) ?? order.sorted { $0.text.precedesByBytes($1.text) }
        return SchemaFields(
            names.map { name in
                guard let met = met[name] else { return SchemaField(name.text, .any) }
                return SchemaField(name.text, FieldType(all: met.types, in: values), fields: inside(met))
            })
    }

    private func inside(_ met: Met) -> SchemaFields {
        guard met.types == [.object], let inner = met.inner, !inner.hasOwnKeys else { return SchemaFields([]) }
        return inner.fields(of: nil)
    }

    /// Whether the names are most likely data themselves.
    private var hasOwnKeys: Bool {
        let total = met.values.reduce(0) { $0 + $1.count }
        return order.count > Self.ownKeysFrom && total / order.count * 10 < max(objectCount, 10)
    }
}

extension FieldType {
    /// The type of all values that were met.
    init(all types: Set<FieldType>, in form: ValueForm) {
        let textual: Set<FieldType> = form == .text ? Set(FieldType.allCases) : [.text, .date, .timestamp]
        switch types.count {
        case 0: self = .any
        case 1: self = types.first ?? .any
        default: self = types == [.int, .decimal] ? .decimal : types.isSubset(of: textual) ? .text : .any
        }
    }

    /// The type of a value; nil for nothing. A text of a collection of text is what it spells.
    package init?(of value: Value, in form: ValueForm) {
        switch value {
        case .null: return nil
        case .text(let text) where form == .text:
            if text.isEmpty { return nil }
            self = FieldType(spelledBy: text)
        case .text(let text):
            // Of JSON a text stays a text, whatever it spells, but for what JSON has no other way to say.
            let spelled = FieldType(spelledBy: text)
            self = spelled == .date || spelled == .timestamp ? spelled : .text
        case .bool: self = .bool
        case .int, .uint: self = .int
        case .double, .decimal: self = .decimal
        case .date: self = .date
        case .timestamp: self = .timestamp
        case .list: self = .list
        case .object: self = .object
        case .bytes, .duration: self = .any
        }
    }

    /// What a text spells: a number only as it would be spelled again, so that `007` and `+49` are text.
    package init(spelledBy text: String) {
        let bytes = Array(text.utf8.prefix(40))
        if bytes.count < 40, let number = FieldType(spelledNumber: bytes) {
            self = number
        } else if text == "true" || text == "false" || text == "True" || text == "False" {
            self = .bool
        } else if bytes.count < 40, CalendarDate(text) != nil {
            self = .date
        } else if bytes.count < 40, Timestamp(text) != nil {
            self = .timestamp
        } else {
            self = .text
        }
    }

    private init?(spelledNumber bytes: [UInt8]) {
        let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
        let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
            parts[0].count == 1 || parts[0].first != UInt8(ascii: "0")
        else { return nil }
        if parts.count == 2 {
            self = .decimal
        } else if parts[0].count <= 18 {
            self = .int
        } else {
            return nil
        }
    }
}

private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
