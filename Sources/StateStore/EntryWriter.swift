import Model
import Values

/// Builds the lines of links files and run files, sealed, in one buffer.
struct EntryWriter {
    private(set) var buffer: [UInt8] = []
    private var chain = LineChain()
    /// Where the line that is being built begins in the buffer.
    private(set) var lineStart = 0
    /// Lines written so far.
    private(set) var line = 0
    /// Where the base of the last line stands, counted from the start of the line.
    private(set) var baseOffset = 0

    init() {}

    mutating func clear() {
        buffer.removeAll(keepingCapacity: true)
        lineStart = 0
    }

    mutating func begin(_ word: String, _ value: String) {
        lineStart = buffer.count
        buffer.append(contentsOf: "{\"".utf8)
        buffer.append(contentsOf: word.utf8)
        buffer.append(contentsOf: "\":".utf8)
        buffer.append(contentsOf: value.utf8)
    }

    mutating func field(_ name: String, json value: String) {
        buffer.append(contentsOf: ",\"".utf8)
        buffer.append(contentsOf: name.utf8)
        buffer.append(contentsOf: "\":".utf8)
        buffer.append(contentsOf: value.utf8)
    }

    /// The ids of a link; one that is empty is left out. Where both are spelled the same, that stands once.
    mutating func ids(_ ids: Sides<UnsafeRawBufferPointer>, _ kinds: Sides<RecordID.Kind>) {
        if !ids.left.isEmpty, ids.left.elementsEqual(ids.right) {
            switch (kinds.left, kinds.right) {
            case (.text, .number): return field(#","tn":"#, id: ids.right, .number)
            case (.number, .text): return field(#","nt":"#, id: ids.left, .number)
            case (let left, let right) where left == right: return field(#","id":"#, id: ids.left, left)
            default: break
            }
        }
        if !ids.left.isEmpty { field(#","l":"#, id: ids.left, kinds.left) }
        if !ids.right.isEmpty { field(#","r":"#, id: ids.right, kinds.right) }
    }

    mutating func field(_ name: StaticString, id: UnsafeRawBufferPointer, _ kind: RecordID.Kind) {
        name.withUTF8Buffer { buffer.append(contentsOf: $0) }
        switch kind {
        case .text: JSONWriter.writeString(id.assumingMemoryBound(to: UInt8.self), to: &buffer)
        case .number, .composite: buffer.append(contentsOf: id)
        }
    }

    mutating func field(_ name: StaticString, id: RecordID) {
        var key = id.key
        key.withUTF8 { field(name, id: UnsafeRawBufferPointer($0), id.kind) }
    }

    mutating func field(_ name: StaticString, _ fingerprint: Fingerprint) {
        guard fingerprint != .none else { return }
        name.withUTF8Buffer { buffer.append(contentsOf: $0) }
        HexDigits.append(fingerprint.bits, digits: 16, to: &buffer)
        buffer.append(UInt8(ascii: "\""))
    }

    mutating func field(_ name: StaticString, bytes: UnsafeRawBufferPointer) {
        name.withUTF8Buffer { buffer.append(contentsOf: $0) }
        buffer.append(contentsOf: bytes)
    }

    mutating func base(_ bytes: UnsafeRawBufferPointer) {
        buffer.append(contentsOf: #","b":"#.utf8)
        baseOffset = buffer.count - lineStart
        buffer.append(contentsOf: bytes)
    }

    /// The whole line of a record that was passed over.
    mutating func writePassed(
        _ key: UnsafeRawBufferPointer, _ kind: RecordID.Kind, _ side: Side, _ fingerprint: Fingerprint,
        isApart: Bool
    ) {
        begin(isApart ? "apart" : "pass", "1")
        field(side == .left ? #","l":"# : #","r":"#, id: key, kind)
        field(side == .left ? #","lf":""# : #","rf":""#, fingerprint)
        end()
    }

    /// The whole line of a link as it stands.
    mutating func write(_ link: Int, of links: LinkTable, _ bases: BaseTable, fieldCount: Int) {
        write("link", "1", link, of: links, bases, fieldCount: fieldCount)
    }

    /// The ids, the fingerprints and the base of a link behind a word of its own.
    ///
    /// - Parameter more: adds what else stands in the line.
    /// - Returns: how long the base is.
    @discardableResult
    mutating func write(
        _ word: String, _ value: String, _ link: Int, of links: LinkTable, _ bases: BaseTable, fieldCount: Int,
        more: (inout EntryWriter) -> Void = { _ in }
    ) -> Int {
        begin(word, value)
        links.ids.left.withKey(link) { left in
            links.ids.right.withKey(link) { right in
                ids(Sides(left: left, right: right), links.ids.map { $0.kind(link) })
            }
        }
        field(#","lf":""#, links.fingerprint(link, .left))
        field(#","rf":""#, links.fingerprint(link, .right))
        var encoded: [UInt8] = []
        let known = (try? bases.base(of: link)) ?? Base(fieldCount: fieldCount)
        known.encode(to: &encoded)
        more(&self)
        encoded.withUnsafeBytes { base($0) }
        end()
        return encoded.count
    }

    mutating func end() {
        chain.seal(&buffer, from: lineStart)
        line += 1
    }
}
