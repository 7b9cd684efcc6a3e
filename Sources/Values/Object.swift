/// Names and values in the order in which they came. Names are compared by bytes; each stands once.
package struct Object: Sendable {
    private var fields: FieldNames
    package private(set) var values: [Value]

    package init() {
        fields = .none
        values = []
    }

    package init(minimumCapacity: Int) {
        self.init()
        values.reserveCapacity(minimumCapacity)
    }

    /// An object of the given names and values; of a name that stands twice the last value counts.
    package init(_ fields: some Sequence<(String, Value)>) {
        self.init()
        for (name, value) in fields { self[name] = value }
    }

    /// An object over names that many objects share, with a value for each; nil where the counts differ.
    package init?(_ fields: FieldNames, _ values: [Value]) {
        guard fields.count == values.count else { return nil }
        self.init(checked: fields, values)
    }

    init(checked fields: FieldNames, _ values: [Value]) {
        self.fields = fields
        self.values = values
    }

    package var names: [String] { fields.list }
    package var count: Int { values.count }
    package var isEmpty: Bool { values.isEmpty }

    /// The value of a name; nil where the object has no such name. Setting nil removes the name, setting a new one
    /// appends it.
    package subscript(name: String) -> Value? {
        get { position(of: name).map { values[$0] } }
        set {
            switch (position(of: name), newValue) {
            case (let at?, let value?): values[at] = value
            case (let at?, nil):
                ownFields()
                fields.remove(at: at)
                values.remove(at: at)
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }

    /// Where a name stands.
    package func position(of name: String) -> Int? { fields.position(of: name) }

    /// Appends a name that the caller knows to be new.
    package mutating func append(_ name: String, _ value: Value) {
        ownFields()
        fields.append(name)
        values.append(value)
    }

    /// Changes the value at a position in place, without a copy.
    package mutating func update<R>(at position: Int, _ body: (inout Value) throws -> R) rethrows -> R {
        try body(&values[position])
    }

    /// Whether both point to one list of names, so that their values stand at the same positions.
    func sharesNames(with other: Object) -> Bool { fields === other.fields }

    private mutating func ownFields() {
        if !isKnownUniquelyReferenced(&fields) { fields = FieldNames(distinct: fields.list) }
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
        if a.sharesNames(with: b) { return a.values == b.values }
        return a.count == b.count && a.allSatisfy { name, value in b[name] == value }
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

    @inlinable
    package init(_ text: String) { self.text = text }

    @inlinable
    package static func == (a: TextKey, b: TextKey) -> Bool { a.text.hasSameBytes(as: b.text) }
    @inlinable
    package func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}
