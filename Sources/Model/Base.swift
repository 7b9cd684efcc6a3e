package import Values

/// What both sides of a link held when they last agreed, field by field, each in its own terms.
package struct Base: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        package var values: Sides<Value>
        /// The side that is still to be set from the other, although neither has changed since: two edits were merged, and the merged
        /// value was written to the other side only.
        package var owed: Side?

        package init(_ values: Sides<Value>, owed: Side? = nil) {
            self.values = values
            self.owed = owed
        }
    }

    /// One for each field of the sync, in order; nil where nothing was agreed yet.
    package var entries: [Entry?]

    package init(entries: [Entry?]) { self.entries = entries }

    /// A base in which nothing was agreed yet.
    package init(fieldCount: Int) { entries = Array(repeating: nil, count: fieldCount) }
}

extension Base {
    /// Writes the base as a JSON array with an element for each field: `{}` where nothing was agreed yet, the value itself where
    /// both sides held the same, else `{"<": left, ">": right}`, with `"!": "<"` or `"!": ">"` for a side that is owed.
    package func encode(to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        for (at, entry) in entries.enumerated() {
            if at > 0 { out.append(UInt8(ascii: ",")) }
            Base.encode(entry, to: &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    /// Writes one element of the array.
    package static func encode(_ entry: Entry?, to out: inout [UInt8]) {
        guard let entry else { return out.append(contentsOf: "{}".utf8) }
        let values = entry.values
        if values.left == values.right, entry.owed == nil, !looksLikeAPair(values.left) {
            StateJSON.write(values.left, to: &out)
        } else {
            out.append(contentsOf: #"{"<":"#.utf8)
            StateJSON.write(values.left, to: &out)
            out.append(contentsOf: #",">":"#.utf8)
            StateJSON.write(values.right, to: &out)
            if let owed = entry.owed { out.append(contentsOf: #","!":"\#(owed == .left ? "<" : ">")""#.utf8) }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// Bytes that spell no base.
    package struct Failure: Error, Hashable {
        package var reason: String
    }

    /// Reads what ``encode(to:)`` wrote. The array may be of another order of fields: `columns` says where each of this sync's
    /// fields stands in it, nil where it does not.
    package init(decoding bytes: UnsafeRawBufferPointer, columns: [Int?]) throws(Failure) {
        do throws(JSON.Failure) {
            guard case .list(let elements) = try JSON.parse(bytes) else {
                entries = []
                return
            }
            entries = try columns.map { (column) throws(JSON.Failure) -> Entry? in
                guard let column, elements.indices.contains(column) else { return nil }
                return try Base.entry(elements[column])
            }
        } catch {
            throw Failure(reason: error.reason)
        }
        if entries.count != columns.count { throw Failure(reason: "it is no array") }
    }

    /// What one side holds in some fields of an encoded base; nil for those that were never agreed.
    package static func values(
        _ numbers: [Int], of side: Side, in bytes: UnsafeRawBufferPointer, _ builder: inout JSONBuilder
    ) throws(Failure) -> [Value?] {
        do throws(JSON.Failure) {
            guard case .list(let elements) = try builder.document(in: bytes) else { return [] }
            return try numbers.map { (number) throws(JSON.Failure) -> Value? in
                guard elements.indices.contains(number) else { return nil }
                guard case .object = elements[number] else { return elements[number] }
                return try entry(elements[number])?.values[side]
            }
        } catch {
            throw Failure(reason: error.reason)
        }
    }

    private static func entry(_ element: Value) throws(JSON.Failure) -> Entry? {
        guard case .object(let object) = element else {
            return Entry(Sides(left: element, right: element))
        }
        if object.isEmpty { return nil }
        if looksLikeAPair(element) {
            let values = Sides(
                left: try StateJSON.value(object["<"] ?? .null), right: try StateJSON.value(object[">"] ?? .null))
            return Entry(values, owed: object["!"].map { $0 == .text("<") ? .left : .right })
        }
        let value = try StateJSON.value(element)
        return Entry(Sides(left: value, right: value))
    }

    /// An object that cannot stand for itself in a base, because it would be read as something else.
    private static func looksLikeAPair(_ value: Value) -> Bool {
        guard case .object(let object) = value else { return false }
        if object.isEmpty { return true }
        guard object["<"] != nil, object[">"] != nil else { return false }
        return object.count == 2 || (object.count == 3 && object["!"] != nil)
    }
}

/// The bases of the links that a run looks at, as they are stored; each is read when its turn comes.
package struct BaseTable: Sendable {
    private var arena = ByteArena()
    private var ranges: [Int: (range: ByteArena.Range, columns: Int)] = [:]
    private var columns: [[Int?]] = []

    package init() {}

    package mutating func reserve(_ count: Int) { ranges.reserveCapacity(count) }

    /// The way fields stand in the bases of one file; gives the number by which ``add(_:of:columns:)`` names it.
    package mutating func addColumns(_ columns: [Int?]) -> Int {
        self.columns.append(columns)
        return self.columns.count - 1
    }

    package mutating func add(_ bytes: UnsafeRawBufferPointer, of link: Int, columns: Int) {
        ranges[link] = (arena.append(bytes), columns)
    }

    package func base(of link: Int) throws(Base.Failure) -> Base? {
        guard let (range, columns) = ranges[link] else { return nil }
        let order = self.columns[columns]
        return try arena.withBytes(range) { (bytes) throws(Base.Failure) in try Base(decoding: bytes, columns: order) }
    }
}
