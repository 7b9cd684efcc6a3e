import CEL
import Model
import Reconcile
import TestKit
import Values

/// A situation before a run, in short: a sync, what each side holds, and what is remembered.
struct Sketch {
    var sync: Sync
    /// Records such as `1: name=Ada, age=36`; a value is JSON where it can be, else text.
    var records: Sides<[String]>
    /// Links such as `1=a | name=Ada | title=Ada`: what both records were when they last agreed.
    var links: [String] = []
    /// As ``links``, what both records are if the updates of a run that died took effect, by the side that these wrote.
    var intended = Sides<[String]>(left: [], right: [])
    /// The numbers of links of which a run that died was to make a deleted record again.
    var restored: Set<Int> = []
    var forms = Sides(left: ValueForm.json, right: ValueForm.json)
    /// Links of `companies`, such as `7=C-7`.
    var companies: [String] = []
    /// Numbers of fields without a base.
    var unknown: Set<Int> = []
    /// The side that a field is owed on, by the number of the field.
    var owed: [Int: Side] = [:]
    /// Records that the first run passed over.
    var passed = Sides<[String]>(left: [], right: [])
    var isFirstRun = false
    var newIDs = Sides(left: NewIDs.numbered(prefix: "", suffix: ""), right: NewIDs.numbered(prefix: "", suffix: ""))
    /// Sides of which no record can be created, updated or deleted.
    var readOnly: Set<Side> = []
    /// Sides that say that nothing changed, and are not read.
    var untouched: Set<Side> = []
    /// Whether records whose fingerprints stand are passed over; not so after an edit of the job file.
    var trusts = true

    init(_ lines: String, left: [String] = [], right: [String] = [], links: [String] = []) throws {
        sync = try SyncText(lines).sync
        records = Sides(left: left, right: right)
        self.links = links
    }

    /// The same situation with left and right exchanged.
    var mirrored: Sketch {
        var sketch = self
        sketch.sync = sync.mirrored
        sketch.records = records.mirrored
        sketch.links = links.map(Self.mirror)
        sketch.intended = intended.mirrored.map { $0.map(Self.mirror) }
        sketch.forms = forms.mirrored
        sketch.companies = companies.map(\.flipped)
        sketch.passed = passed.mirrored
        sketch.newIDs = newIDs.mirrored
        sketch.readOnly = Set(readOnly.map(\.other))
        sketch.untouched = Set(untouched.map(\.other))
        sketch.owed = owed.mapValues(\.other)
        return sketch
    }

    private static func mirror(link: String) -> String {
        let parts = link.cut(" | ")
        return ([parts[0].flipped] + parts.dropFirst().reversed()).joined(separator: " | ")
    }

    var plan: Plan { get throws { Planner.plan(try inputs()) } }

    func inputs() throws -> Inputs {
        var inputs = try situation().inputs(of: self, trusts: trusts, untouched: untouched)
        inputs.intended = try intended.map { Situation.table(of: try remembered($0).bases) }
        inputs.restored = restored
        return inputs
    }

    /// What both sides hold, and what is remembered.
    func situation() throws -> Situation {
        var (table, bases) = try remembered(links)
        // As it is when the state is loaded: whoever is in doubt is looked at.
        for side in Side.allCases {
            for number in intended[side].indices { table.clearFingerprints(number) }
        }
        return Situation(
            fieldCount: sync.fields.count, table: table, bases: bases,
            records: try records.map { try $0.map(Record.init) },
            passed: try passed.map { try $0.map(Record.init).map { ($0.id, $0.fingerprint) } })
    }

    func capabilities(_ side: Side) -> Capabilities {
        let canWrite = !readOnly.contains(side)
        return Capabilities(
            canCreate: canWrite, canUpdate: canWrite, canDelete: canWrite, values: forms[side], newIDs: newIDs[side],
            idFields: [FieldPath("id")], updatedField: FieldPath("updated"))
    }

    /// The numbers of links are those of their places in the list.
    private func remembered(_ links: [String]) throws -> (table: LinkTable, bases: [Base]) {
        var table = LinkTable()
        var bases: [Base] = []
        for link in links {
            let parts = link.cut(" | ")
            let ids = parts[0].cut("=")
            let pair = Sides(
                left: try Record("\(ids[0]): \(parts[1])"), right: try Record("\(ids[1]): \(parts[2])"))
            table.append(pair.map(\.id), fingerprints: pair.map(\.fingerprint))
            bases.append(base(pair))
        }
        return (table, bases)
    }

    private func base(_ pair: Sides<Record>) -> Base {
        Base(
            entries: sync.fields.enumerated().map { number, field in
                if unknown.contains(number) { return nil }
                return Base.Entry(
                    Sides(
                        left: pair.left.value(of: field.ends.left, as: field),
                        right: pair.right.value(of: field.ends.right, as: field)), owed: owed[number])
            })
    }

    func parents() -> LinkTable {
        var table = LinkTable()
        for text in companies {
            let ids = text.cut("=")
            table.append(
                Sides(left: RecordID(key: ids[0]), right: RecordID(key: ids[1])),
                fingerprints: Sides(left: .none, right: .none))
        }
        return table
    }
}

/// A record of a sketch.
struct Record {
    let id: RecordID
    var object: Object

    init(id: RecordID, object: Object) {
        self.id = id
        self.object = object
    }

    init(_ text: String) throws {
        let colon = text.cut(":")
        guard let id = RecordID(Value(sketched: colon[0])) else { throw Breach("no id in \(text)") }
        var object: Object = ["id": Value(sketched: colon[0])]
        for field in text.dropFirst(colon[0].count + 1).description.cut(", ") where field != "" && field != " " {
            let name = field.cut("=")[0]
            let value = Value(sketched: String(field.dropFirst(name.count + 1)))
            guard object.set(value, at: FieldPath(name.trimmed)) else { throw Breach("no field in \(text)") }
        }
        self.id = id
        self.object = object
    }

    /// Two spellings of the same record have different fingerprints where the record itself differs.
    var fingerprint: Fingerprint { Fingerprint(of: Array(JSON.text(.object(object)).utf8)) }

    func value(of end: FieldMapping.End, as field: FieldMapping) -> Value {
        let value: Value? =
            switch end {
            case .field(let path): object.value(at: path)
            case .expression(let program): try? program.evaluate(Scope(record: object))
            }
        let typed = value.flatMap { value in field.type.flatMap { try? $0.convert(value, format: field.format) } }
        return (field.values == nil && field.link == nil ? typed : nil) ?? value ?? .null
    }

    func add(to builder: inout SnapshotBuilder, line: Int) -> SnapshotBuilder.Added {
        let key = Array(id.key.utf8)
        let raw = Array(JSON.text(.object(object)).utf8)
        return key.withUnsafeBytes { key in
            raw.withUnsafeBytes { raw in
                builder.add(id: key, kind: id.kind, fingerprint: fingerprint, raw: raw, line: line)
            }
        }
    }
}

struct RecordTexts: RecordLayout {
    func decode(_ raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Object {
        guard case .object(let object)? = try? JSON.parse(raw) else { throw RecordFailure("it is no record") }
        return object
    }
}

extension LinkTable {
    @discardableResult
    mutating func append(_ ids: Sides<RecordID>, fingerprints: Sides<Fingerprint>) -> Int {
        Array(ids.left.key.utf8).withUnsafeBytes { left in
            Array(ids.right.key.utf8).withUnsafeBytes { right in
                append(
                    ids: Sides(left: left, right: right), kinds: ids.map(\.kind), fingerprints: fingerprints,
                    base: StoredRange(file: 0, offset: 0, count: 0))
            }
        }
    }
}

extension Value {
    init(sketched text: String) {
        let text = text.trimmed
        self = (try? JSON.parse(Array(text.utf8))) ?? .text(text)
    }
}

extension String {
    /// The parts between separators.
    func cut(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = Substring(self)
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }

    var flipped: String { cut("=").reversed().joined(separator: "=") }

    var trimmed: String {
        var text = Substring(self)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

extension Substring {
    /// Where a text first stands in this one.
    fileprivate func firstRange(of text: String) -> Range<Index>? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(text) { return at..<index(at, offsetBy: text.count) }
            at = index(after: at)
        }
        return nil
    }
}
