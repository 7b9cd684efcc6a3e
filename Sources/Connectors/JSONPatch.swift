internal import Model
internal import Values

/// Sets fields in the bytes of an object, and leaves all other bytes as they are.
struct JSONPatch {
    private let bytes: UnsafeRawBufferPointer
    private var out: [UInt8] = []
    /// Up to where the bytes have gone to `out`.
    private var copied = 0

    private init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        out.reserveCapacity(bytes.count + 64)
    }

    /// The object with these values.
    ///
    /// - Throws: where a field lies inside something that is no object.
    static func apply(_ fields: [FieldValue], to bytes: UnsafeRawBufferPointer) throws(RecordFailure) -> [UInt8] {
        var patch = JSONPatch(bytes)
        var reader = JSONReader(bytes)
        reader.skipSpace()
        let changes = fields.map { Change(steps: $0.path.steps[...], field: $0) }
        do {
            try patch.patchObject(&reader, changes, around: .compact)
        } catch let failure as RecordFailure {
            throw failure
        } catch {
            throw RecordFailure((error as? JSON.Failure)?.reason ?? "the record is no JSON")
        }
        patch.copy(to: bytes.count)
        return patch.out
    }

    /// Patches the object at the reader's position, and leaves the reader behind it.
    private mutating func patchObject(_ reader: inout JSONReader, _ changes: [Change], around: JSONStyle) throws {
        let start = reader.position
        let style = JSONStyle(of: UnsafeRawBufferPointer(rebasing: bytes[start...]), fallback: around)
        var groups = Self.groups(of: changes)
        var last: Int?
        var walk = try reader.enterObject()
        while let name = try reader.nextName(&walk) {
            if let group = groups.firstIndex(where: { reader.text(name, is: $0.name) }) {
                try patchValue(&reader, groups.remove(at: group), style)
            } else {
                try reader.skipValue()
            }
            last = reader.position
        }
        try add(groups, behind: last, start: start, end: reader.position, style)
    }

    private mutating func patchValue(_ reader: inout JSONReader, _ group: Group, _ style: JSONStyle) throws {
        let isObject = reader.next == UInt8(ascii: "{")
        if isObject, !group.setsWhole {
            return try patchObject(&reader, group.changes.map(\.inner), around: style.inner)
        }
        let range = try reader.skipValue()
        let old = try JSON.parse(UnsafeRawBufferPointer(rebasing: bytes[range]))
        if !group.setsWhole, old != .null { throw RecordFailure(leadsThroughValue(group.changes[0].field.path)) }
        let value = try group.value()
        if old.means(value) { return }
        copy(to: range.lowerBound)
        let isOnLines = bytes[range].contains(Byte.lineFeed)
        style.write(value, onOneLine: !isOnLines && (old.list != nil || old.object != nil), to: &out)
        copied = range.upperBound
    }

    /// Adds the members that the object does not have yet.
    private mutating func add(
        _ groups: [Group], behind last: Int?, start: Int, end: Int, _ style: JSONStyle
    ) throws {
        if groups.isEmpty { return }
        copy(to: last ?? start + 1)
        for (at, group) in groups.enumerated() {
            out.append(contentsOf: at == 0 && last == nil ? style.open : style.separator)
            style.writeMember(group.text, try group.value(), to: &out)
        }
        if last == nil {
            out.append(contentsOf: style.close)
            // An object without members holds at most space.
            copied = end - 1
        }
    }

    private mutating func copy(to end: Int) {
        out.append(contentsOf: bytes[copied..<end])
        copied = end
    }

    private static func groups(of changes: [Change]) -> [Group] {
        var groups: [Group] = []
        for change in changes {
            let name = change.name
            if let at = groups.firstIndex(where: { $0.text.hasSameBytes(as: name) }) {
                groups[at].changes.append(change)
            } else {
                groups.append(Group(text: name, changes: [change]))
            }
        }
        return groups
    }
}

/// A value to set, by the steps that are left to it.
private struct Change {
    var steps: ArraySlice<TextKey>
    var field: FieldValue

    var name: String { steps[steps.startIndex].text }
    var inner: Change { Change(steps: steps.dropFirst(), field: field) }
}

/// The changes that go to, or through, one name of an object.
private struct Group {
    var text: String
    var changes: [Change]

    var name: [UInt8] { Array(text.utf8) }
    /// Whether one of them is the value of the name itself.
    var setsWhole: Bool { changes.contains { $0.steps.count == 1 } }

    /// The value of the name where nothing of it is there yet.
    func value() throws(RecordFailure) -> Value {
        var holder = Object()
        for change in changes {
            let path = FieldPath(steps: change.steps.map(\.text), text: change.field.path.text)
            if !holder.set(change.field.value, at: path) { throw RecordFailure(leadsThroughValue(path)) }
        }
        return holder[text] ?? .null
    }
}
