import Model
import Values

/// A line of a links file or a run file, as it is read: ranges of the line, not copies.
struct Entry {
    enum Kind: String {
        case link, agree, forget, unlink, pass, apart
        case create, update, delete
        /// A deleted record is made again under its old id: of its link, this is an update.
        case restore
        case done, moved, refused
        /// A write took effect, and the system made of it what this line says: the id that it gave, the base in its terms.
        case stored
        /// Writes that were given up together: none of them took effect.
        case failed
        /// Creates that were in doubt before this line are in doubt no more; with ``settlesUpdates``, nor are updates.
        case settled
    }

    /// The count of a ``Kind/settled`` that ends all doubts.
    static let settlesUpdates = 2

    var kind: Kind
    /// The side that an intent writes.
    var side = Side.left
    var ids = Sides<IDText?>(left: nil, right: nil)
    var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
    /// Where in the line the base stands.
    var base: Range<Int>?
    /// Of an intent, what it has to do with a link.
    var bond = Operation.Bond.linked
    /// Of the intent of an update: whether it puts back what a run wrote.
    var putsBack = false
    /// Of an outcome: the line of the first intent, and how many follow it.
    var first = 0
    var count = 1
    /// Of an outcome: for each write the fingerprints of both records as they are after it, as ``PackedDigits`` has them.
    var stored: Range<Int> = 0..<0
    /// Of a create whose record has no id yet: the numbers of the fields that it sets, and under which key it was asked for, where that
    /// was by an earlier line.
    var fields: [Int] = []
    var key: Range<Int>?
    /// Of a record that an undo made under a new id, as a later run found out: the id that it had, on which side.
    var former: (side: Side, id: Range<Int>)?
    /// Of the intent of an undo, where all that the record holds stands in the line.
    var record: Range<Int>?

    /// An id as it stands in a line.
    struct IDText {
        var kind: RecordID.Kind
        /// The id's key, where it stands in the line as it is; else ``unescaped`` has it.
        var range: Range<Int>
        var unescaped: [UInt8]?

        func withKey<R>(_ line: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> R) -> R {
            if let unescaped { return unescaped.withUnsafeBytes(body) }
            return body(UnsafeRawBufferPointer(rebasing: line[range]))
        }
    }
}

extension Entry {
    /// Reads the content of a sealed line.
    init(_ line: UnsafeRawBufferPointer) throws(Malformed) {
        do {
            var reader = JSONReader(line)
            var walk = try reader.enterObject()
            guard let name = try reader.nextName(&walk), let kind = Kind(rawValue: reader.string(name)) else {
                throw Malformed(reason: "it begins with no known word")
            }
            self.init(kind: kind)
            try readFirst(&reader, line)
            try readRest(&reader, &walk, line)
        } catch let failure as JSON.Failure {
            throw Malformed(reason: failure.reason)
        } catch let failure as Malformed {
            throw failure
        } catch {
            throw Malformed(reason: "it cannot be read")
        }
    }

    struct Malformed: Error {
        var reason: String
    }

    /// What stands behind the word: the side of a write, the lines of an outcome, or nothing of note.
    private mutating func readFirst(_ reader: inout JSONReader, _ line: UnsafeRawBufferPointer) throws {
        switch kind {
        case .create, .update, .delete, .restore:
            guard let side = Side(rawValue: try reader.readString()) else {
                throw Malformed(reason: "it names no side")
            }
            self.side = side
        case .done, .stored, .moved, .refused, .failed:
            first = try Self.readInt(&reader, line)
        case .link, .agree, .forget, .unlink, .pass, .apart, .settled:
            try reader.skipValue()
        }
    }

    private mutating func readRest(_ reader: inout JSONReader, _ walk: inout JSONWalk, _ line: UnsafeRawBufferPointer)
        throws
    {
        while reader.position < reader.end, let name = try reader.nextName(&walk) {
            let letter = name.end > name.start ? line[name.start] : 0
            switch (letter, name.end - name.start) {
            case (UInt8(ascii: "l"), 1): ids.left = try Self.readID(&reader)
            case (UInt8(ascii: "r"), 1): ids.right = try Self.readID(&reader)
            case (UInt8(ascii: "i"), 2), (UInt8(ascii: "t"), 2), (UInt8(ascii: "n"), 2):
                try readSameIDs(&reader, line[name.start])
            case (UInt8(ascii: "l"), 2): fingerprints.left = try Self.readFingerprint(&reader, line)
            case (UInt8(ascii: "r"), 2): fingerprints.right = try Self.readFingerprint(&reader, line)
            case (UInt8(ascii: "n"), 1): count = try Self.readInt(&reader, line)
            case (UInt8(ascii: "f"), 1): stored = try Self.readText(&reader)
            case (UInt8(ascii: "l"), 4): bond = try reader.skip(.lone)
            case (UInt8(ascii: "l"), 8): former = (.left, try reader.skipValue())
            case (UInt8(ascii: "r"), 9): former = (.right, try reader.skipValue())
            case (UInt8(ascii: "r"), 6): record = try reader.skipValue()
            case (UInt8(ascii: "b"), 4): putsBack = try reader.skip(true)
            case (UInt8(ascii: "p"), 7): bond = try reader.skip(.parting)
            case (UInt8(ascii: "w"), 1): fields = try Self.readNumbers(&reader, line)
            case (UInt8(ascii: "k"), 1): key = try Self.readText(&reader)
            case (UInt8(ascii: "b"), 1):
                // The base is the last thing in a line, and the seal vouches for it: it is not read before it is needed.
                base = reader.position..<line.count
                return
            default: try reader.skipValue()
            }
        }
    }

    /// The word for a bond in an intent; nil for the one that goes without saying.
    static func word(for bond: Operation.Bond) -> String? {
        switch bond {
        case .linked: nil
        case .lone: "lone"
        case .parting: "parting"
        }
    }

    /// Reads the one spelling of two ids: of a kind (`id`), or text on one side and a number on the other (`tn`, `nt`).
    private mutating func readSameIDs(_ reader: inout JSONReader, _ letter: UInt8) throws {
        let id = try Self.readID(&reader)
        ids = Sides(left: id, right: id)
        switch letter {
        case UInt8(ascii: "t"): ids.left?.kind = .text
        case UInt8(ascii: "n"): ids.right?.kind = .text
        default: break
        }
    }

    private static func readInt(_ reader: inout JSONReader, _ line: UnsafeRawBufferPointer) throws -> Int {
        let range = try reader.skipValue()
        var number = 0
        for at in range {
            let digit = Int(line[at]) - 0x30
            guard (0...9).contains(digit), number < 1 << 50 else { throw Malformed(reason: "a number is wrong") }
            number = number * 10 + digit
        }
        return number
    }

    private static func readNumbers(_ reader: inout JSONReader, _ line: UnsafeRawBufferPointer) throws -> [Int] {
        let range = try reader.skipValue()
        return line[range].split { !(0x30...0x39).contains($0) }.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    private static func readText(_ reader: inout JSONReader) throws -> Range<Int> {
        let text = try reader.scanText()
        guard text.isPlain else { throw Malformed(reason: "a text is wrong") }
        return text.start..<text.end
    }

    private static func readFingerprint(
        _ reader: inout JSONReader, _ line: UnsafeRawBufferPointer
    ) throws -> Fingerprint {
        let range = try readText(&reader)
        guard range.count == 16, let bits = HexDigits.read(line, at: range.lowerBound, digits: 16) else {
            throw Malformed(reason: "a fingerprint is wrong")
        }
        return Fingerprint(bits: bits)
    }

    private static func readID(_ reader: inout JSONReader) throws -> IDText {
        switch reader.next {
        case UInt8(ascii: "\""):
            let text = try reader.scanText()
            if text.isPlain { return IDText(kind: .text, range: text.start..<text.end) }
            var key: [UInt8] = []
            reader.append(text, to: &key)
            return IDText(kind: .text, range: 0..<0, unescaped: key)
        case UInt8(ascii: "["): return IDText(kind: .composite, range: try reader.skipValue())
        default: return IDText(kind: .number, range: try reader.skipValue())
        }
    }
}

extension JSONReader {
    /// Steps over a value that says no more than its name.
    fileprivate mutating func skip<Meaning>(_ meaning: Meaning) throws -> Meaning {
        try skipValue()
        return meaning
    }
}
