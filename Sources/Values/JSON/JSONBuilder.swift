/// Makes values of JSON. Keep one for all the records of a file: it learns the names that they have, and its buffers
/// grow once.
package struct JSONBuilder: ~Copyable {
    /// The members of the lists and objects that are open, the innermost last.
    private var open = GrowingBuffer<Value>(capacity: 0)
    private var shapes = JSONShapes()

    package init() {}

    /// The one value of a text, or of a range of it, with nothing but space around it. Offsets are those of the whole
    /// buffer.
    package mutating func document(
        in bytes: UnsafeRawBufferPointer, range: Range<Int>? = nil
    ) throws(JSON.Failure) -> Value {
        var reader = JSONReader(bytes, in: range)
        reader.skipSpace()
        let value = try value(at: &reader)
        try reader.finish()
        return value
    }

    /// Reads the value at the reader's position, and leaves the reader behind it.
    package mutating func value(at reader: inout JSONReader) throws(JSON.Failure) -> Value {
        do throws(JSON.Failure) {
            return try read(&reader, depth: 0)
        } catch {
            open.removeAll()
            throw error
        }
    }

    private mutating func read(_ reader: inout JSONReader, depth: Int) throws(JSON.Failure) -> Value {
        guard reader.position < reader.end else { throw reader.noValue() }
        switch reader.base[reader.position] {
        case UInt8(ascii: "\""): return .text(reader.string(try reader.scanText()))
        case UInt8(ascii: "{"): return try readObject(&reader, depth: depth)
        case UInt8(ascii: "["): return try readList(&reader, depth: depth)
        case UInt8(ascii: "t"):
            try reader.skipWord("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try reader.skipWord("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try reader.skipWord("null")
            return .null
        default: return try reader.readNumber()
        }
    }

    private mutating func readList(_ reader: inout JSONReader, depth: Int) throws(JSON.Failure) -> Value {
        guard depth < JSON.depthLimit else { throw JSON.Failure(.tooDeep, at: reader.position) }
        var walk = try reader.enterList()
        let first = open.count
        while try reader.nextElement(&walk) { open.append(try read(&reader, depth: depth &+ 1)) }
        return .list(open.take(from: first))
    }

    private mutating func readObject(_ reader: inout JSONReader, depth: Int) throws(JSON.Failure) -> Value {
        guard depth < JSON.depthLimit else { throw JSON.Failure(.tooDeep, at: reader.position) }
        var walk = try reader.enterObject()
        let first = open.count
        shapes.begin()
        var shape = JSONShapes.root
        while try reader.step(&walk, closing: UInt8(ascii: "}")) {
            let start = reader.position
            guard reader.next == UInt8(ascii: "\"") else {
                throw JSON.Failure(start < reader.end ? .noName : .end, at: start)
            }
            if let usual = shapes.usualChild(of: shape, at: reader.base + start + 1, room: reader.end &- start &- 1) {
                reader.position = start &+ usual.count &+ 2
                shape = usual.node
            } else {
                let name = try reader.scanText()
                switch child(of: shape, name, reader) {
                case .child(let child): shape = child
                case .duplicate: throw JSON.Failure(.duplicateName, at: start)
                case .full:
                    reader.position = start
                    let object = Object(checked: shapes.fields(at: shape), open.take(from: first))
                    return try readOn(object, &reader, depth: depth)
                }
            }
            try reader.skipColon()
            open.append(try read(&reader, depth: depth &+ 1))
        }
        return .object(Object(checked: shapes.fields(at: shape), open.take(from: first)))
    }

    /// Reads the rest of an object name by name, from a name on.
    private mutating func readOn(
        _ begun: Object, _ reader: inout JSONReader, depth: Int
    ) throws(JSON.Failure) -> Value {
        var object = begun
        var walk = JSONWalk()
        var start = reader.position
        while let scanned = try reader.nextName(&walk) {
            let name = reader.string(scanned)
            if object.position(of: name) != nil { throw JSON.Failure(.duplicateName, at: start) }
            object.append(name, try read(&reader, depth: depth &+ 1))
            start = reader.position
        }
        return .object(object)
    }

    private mutating func child(of shape: Int32, _ name: JSONText, _ reader: JSONReader) -> JSONShapes.Step {
        if name.isPlain {
            let bytes = UnsafeBufferPointer(start: reader.base + name.start, count: name.end &- name.start)
            return shapes.child(of: shape, bytes)
        }
        var bytes: [UInt8] = []
        reader.append(name, to: &bytes)
        return bytes.withUnsafeBufferPointer { shapes.child(of: shape, $0) }
    }
}
