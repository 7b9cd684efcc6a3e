import FileIO
import Model
import TestKit
import Values

/// A collection of one side, as people reach it: beside Lockstep.
enum PeoplesCollection: Sendable {
    case jsonLines(path: String)
    case csv(path: String)
    case server(FakeServer)

    var records: [Object] {
        switch self {
        case .server(let server): return server.records
        case .jsonLines(let path):
            return lines(path).compactMap { (try? JSON.parse(Array($0.utf8)))?.object }
        case .csv(let path):
            let rows = CSVText.rows(text(path))
            guard let names = rows.first else { return [] }
            return rows.dropFirst().map { row in Object(zip(names, row).map { ($0, .text($1)) }) }
        }
    }

    /// Changes the records; of a server, only what differs is written.
    func change(_ body: (inout [Object]) -> Void) {
        var records = self.records
        let before = records
        body(&records)
        switch self {
        case .jsonLines(let path): write(path, records.map { JSON.text(.object($0)) + "\n" }.joined())
        case .csv(let path):
            guard let names = CSVText.rows(text(path)).first else { return }
            write(path, CSVText.text([names] + records.map { record in names.map { record[$0]?.asCell ?? "" } }))
        case .server(let server):
            let field = server.options.idFields[0].text
            let ids = records.compactMap { $0[field].flatMap { RecordID($0) } }
            for old in before {
                if let id = old[field].flatMap({ RecordID($0) }), !ids.contains(id) { server.remove(id) }
            }
            for record in records where !before.contains(record) { server.put(record) }
        }
    }

    /// The id that a person gives a new record; nil where the server does.
    var nextID: Value? {
        if case .server(let server) = self, case .numbered = server.options.newIDs {
        } else if case .server = self {
            return nil
        }
        let numbers = records.compactMap { record in record["id"].flatMap { Int($0.asCell) } }
        return .int(Int64((numbers.max() ?? 0) + 1))
    }

    private func text(_ path: String) -> String {
        String(decoding: (try? Disk().read(path)) ?? [], as: UTF8.self)
    }

    private func lines(_ path: String) -> [Substring] { text(path).split(separator: "\n") }

    private func write(_ path: String, _ text: String) {
        guard let file = try? Disk().openToAppend(path) else { return }
        try? file.truncate(to: 0)
        try? file.write(text)
        try? file.flush()
    }
}

extension Value {
    /// As a program without types writes it.
    var asCell: String {
        switch self {
        case .null: ""
        case .text(let text): text
        default: JSON.text(self)
        }
    }
}
