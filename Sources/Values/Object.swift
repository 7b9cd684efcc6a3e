/// Names and values in the order in which they came. Names are compared by bytes; each stands once.
///
/// Records have tens of fields, so a search runs along the names; past ``indexedFrom`` of them an index is kept.
package struct Object: Sendable {
    package private(set) var names: [String]
    package private(set) var values: [Value]
    private var index: [TextKey: Int]?

    private static let indexedFrom = 24

    package init() {
        names = []
        values = []
    }

    package init(minimumCapacity: Int) {
        self.init()
        names.reserveCapacity(minimumCapacity)
        values.reserveCapacity(minimumCapacity)
    }

    /// An object of the given names and values; of a name that stands twice the last value counts.
    package init(_ fields: some Sequence<(String, Value)>) {
        self.init()
        for (name, value) in fields { self[name] = value }
    }

    package var count: Int { names.count }
    package var isEmpty: Bool { names.isEmpty }

    /// The value of a name; nil where the object has no such name. Setting nil removes the name, setting a new one appends it.
    package subscript(name: String) -> Value? {
        get { position(of: name).map { values[$0] } }
        set {
            switch (position(of: name), newValue) {
            case (let at?, let value?): values[at] = value
            case (let at?, nil):
                names.remove(at: at)
                values.remove(at: at)
                index = nil
                if names.count >= Self.indexedFrom { makeIndex() }
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }

    /// Where a name stands.
    package func position(of name: String) -> Int? {
        if let index { return index[TextKey(name)] }
        return names.firstIndex { $0.hasSameBytes(as: name) }
    }

    /// Appends a name that the caller knows to be new.
    package mutating func append(_ name: String, _ value: Value) {
        names.append(name)
        values.append(value)
        if index != nil {
            index?[TextKey(name)] = names.count - 1
        } else if names.count >= Self.indexedFrom {
            makeIndex()
        }
    }

    /// Changes the value at a position in place, without a copy.
    package mutating func update<R>(at position: Int, _ body: (inout Value) throws -> R) rethrows -> R {
        try body(&values[position])
    }

    private mutating func makeIndex() {
        index = Dictionary(zip(names.map(TextKey.init), names.indices), uniquingKeysWith: { $1 })
    }
}

extension Object: Sequence {
    package func makeIterator() -> Zip2Sequence<[String], [Value]>.Iterator {
        zip(names, values).makeIterator()
    }
}

extension Object: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, Value)...) {
        self.init(elements)
    }
}

extension Object: Hashable {
    /// The same names with the same values, in whatever order.
    package static func == (a: Object, b: Object) -> Bool {
        a.count == b.count && a.allSatisfy { name, value in b[name] == value }
    }

    package func hash(into hasher: inout Hasher) {
        var sum = 0
        for (name, value) in self {
            var one = Hasher()
            name.hashBytes(into: &one)
            one.combine(value)
            sum &+= one.finalize()
        }
        hasher.combine(sum)
    }
}

/// Text as a key of a dictionary: equal only where the bytes are.
package struct TextKey: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (a: TextKey, b: TextKey) -> Bool { a.text.hasSameBytes(as: b.text) }
    package func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}
