import Values

/// The first line of a links file or a run file.
struct FileHead {
    /// The form that this Lockstep writes. Since 2 there are lines `failed`, and `pass` in links files; since 3 lines `apart`, `stored`,
    /// `unlink` and `restore`, intents that are `lone` or `parting`, creates without the id of the record that they make, and links of
    /// which a record is archived.
    static let version = 3

    enum Kind: String {
        case links, run
    }

    var kind: Kind
    var sync: String
    /// The arrows of the fields, in the order of the values in the bases of this file.
    var fields: [String]
    /// Of a run file, its run. Of a links file, the last run that it takes in; empty where there is none.
    var run: String
    /// Of a run file: the run with a file of its own before this one; empty where there is none.
    var after = ""
    /// Of a links file: how many lines follow.
    var count = 0

    /// The head as a JSON object without its closing brace.
    func write(to writer: inout EntryWriter) {
        writer.begin("version", String(Self.version))
        writer.field("kind", json: JSON.text(.text(kind.rawValue)))
        writer.field("sync", json: JSON.text(.text(sync)))
        writer.field("run", json: JSON.text(.text(run)))
        if kind == .run { writer.field("after", json: JSON.text(.text(after))) }
        if kind == .links { writer.field("count", json: String(count)) }
        writer.field("fields", json: JSON.text(.list(fields.map(Value.text))))
        writer.end()
    }

    init(kind: Kind, sync: String, fields: [String], run: String, after: String = "", count: Int = 0) {
        self.kind = kind
        self.sync = sync
        self.fields = fields
        self.run = run
        self.after = after
        self.count = count
    }

    /// Reads the content of a sealed first line.
    init(_ content: UnsafeRawBufferPointer, path: String) throws(StateFailure) {
        let bytes = Array(content) + [UInt8(ascii: "}")]
        guard case .object(let object)? = try? JSON.parse(bytes), case .int(let version)? = object["version"] else {
            throw .damaged(path: path, line: 1, reason: "the first line is not the head of a state file")
        }
        guard (1...FileHead.version).contains(Int(version)) else { throw .newer(path: path, version: Int(version)) }
        guard let kind = object["kind"]?.text.flatMap(Kind.init), let sync = object["sync"]?.text,
            let run = object["run"]?.text, let fields = object["fields"]?.list
        else { throw .damaged(path: path, line: 1, reason: "the first line lacks a part of the head") }
        self.init(
            kind: kind, sync: sync, fields: fields.compactMap(\.text), run: run, after: object["after"]?.text ?? "",
            count: Int(object["count"]?.exactNumber?.int64 ?? 0))
    }
}
